namespace Oxcaching.Flights;

/// <summary>A load that concurrent callers of one key share: what does not depend on the type of the value.</summary>
internal abstract class Flight(string key) : Claim(key)
{
    private static readonly AsyncLocal<Flight?> Ambient = new();

    /// <summary>The flight whose body is running here; null outside of any.</summary>
    public static Flight? Current
    {
        get => Ambient.Value;
        protected set => Ambient.Value = value;
    }

    /// <summary>The flights that this one's body waits for. Guarded by <see cref="FlightGraph"/>.</summary>
    internal List<Flight>? WaitsFor { get; set; }
}
