namespace Oxcaching.Flights;

/// <summary>A load that concurrent callers of one key share: what does not depend on the type of the value.</summary>
internal abstract class Flight(string key, uint hash) : Claim(key, hash)
{
    private static readonly AsyncLocal<Flight?> Ambient = new();

    /// <summary>The flight whose body is running here; null outside of any.</summary>
    public static Flight? Current
    {
        get => Ambient.Value;
        protected set => Ambient.Value = value;
    }

    /// <summary>When it took off, by the clock of <see cref="FlightDeadlines"/>.</summary>
    internal TimeSpan TookOff { get; init; }

    /// <summary>Whether its deadline is watched. Guarded by the key's lock, as are its neighbours in the <see cref="FlightQueue"/>.</summary>
    internal bool IsQueued { get; set; }

    internal Flight? Earlier { get; set; }

    internal Flight? Later { get; set; }

    /// <summary>Past the deadline: gives the key free, so that the late result is stored nowhere.</summary>
    internal abstract void Expire();

    /// <summary>The flights that this one's body waits for. Guarded by <see cref="FlightGraph"/>.</summary>
    internal List<Flight>? WaitsFor { get; set; }
}
