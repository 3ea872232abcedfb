namespace Oxcaching.Fody.Validate;

/// <summary>OXC007: how long a result may live.</summary>
internal static class TtlRule
{
    private const int Longest = 2_592_000;

    public static string? Problem(int ttl) => ttl is >= 0 and <= Longest
        ? null
        : $"Ttl = {ttl} is out of range. Use 1 to {Longest} seconds (30 days), or leave it out for the service's own.";
}
