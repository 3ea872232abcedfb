namespace Oxcaching.Configuration;

/// <summary>The L2 of one service, as validated.</summary>
internal sealed record RemoteSettings
{
    public required RedisAddress Address { get; init; }

    public required int Database { get; init; }

    public required string KeyPrefix { get; init; }

    /// <summary>Where the instances of the service send each other messages.</summary>
    public required string Channel { get; init; }

    public required TimeSpan ConnectionTimeout { get; init; }

    public required TimeSpan CommandTimeout { get; init; }

    /// <summary>The longest a degraded connection goes without being probed.</summary>
    public required TimeSpan HealthCheckInterval { get; init; }

    /// <summary>In bytes, of the serialized value.</summary>
    public required int MaxValueSize { get; init; }
}
