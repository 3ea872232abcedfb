using System.Diagnostics.Metrics;

namespace Oxcaching.Diagnostics;

/// <summary>Counts the woven calls that ran their body uncached. Apart from <see cref="CacheMeter"/>, for there may be no manager yet.</summary>
internal static class UncachedCalls
{
    private static readonly Meter Meter = new(CacheMeter.Name);

    private static readonly Counter<long> Counter = Meter.CreateCounter<long>(
        "oxcache.uncached_calls", "{call}", "Woven calls that ran their body uncached: no Init, no such service, or no usable key.");

    public static void Count(string service, string method) =>
        Counter.Add(1, new KeyValuePair<string, object?>("oxcache.service", service), new KeyValuePair<string, object?>("oxcache.method", method));
}
