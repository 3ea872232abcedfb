namespace Oxcaching.Tests.History.Running;

/// <summary>What all instances of a fleet are configured with. A file, because a woven application in a load context can be given nothing else.</summary>
/// <param name="Levels">The service's: "two-level" or "l2".</param>
/// <param name="KeyPrefix">The fleet's own.</param>
/// <param name="CoherenceMaxAge">A whole number of seconds.</param>
/// <param name="DistributedSingleFlight">Whether instances wait for each other's loads.</param>
internal sealed record FleetConfiguration(string Levels, string KeyPrefix, TimeSpan CoherenceMaxAge, bool DistributedSingleFlight)
{
    public const string Service = "things";

    /// <summary>By default short enough that a run of seconds sees many time-outs.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMilliseconds(300);

    public string RedisKey(string key) => $"{KeyPrefix}:{Service}:{key}";

    /// <param name="url">The Redis, or the proxy before it.</param>
    /// <param name="walFolder">The instance's own.</param>
    public string ToToml(string url, string walFolder) =>
        $"""
        [global]
        key_prefix = "{KeyPrefix}"
        health_check_interval = 1
        wal_dir = '{walFolder}'

        [services.{Service}]
        cache_type = "{Levels}"
        ttl = 600
        coherence_max_age = {CoherenceMaxAge.TotalSeconds:0}
        distributed_single_flight = {(DistributedSingleFlight ? "true" : "false")}

          [services.{Service}.l2]
          connection_string = "{url}"
          connection_timeout_ms = 2000
          command_timeout_ms = {CommandTimeout.TotalMilliseconds:0}
        """;
}
