using System.Net;

namespace Oxcaching.Configuration;

/// <summary>Which Redis, and as whom: services with equal addresses share one connection.</summary>
/// <remarks>Holds the password, so its ToString names the endpoints alone.</remarks>
internal sealed record RedisAddress
{
    public RedisMode Mode { get; init; }

    /// <summary>The Redis servers in the order given, the sentinels, or nodes of the cluster; an IPEndPoint or a DnsEndPoint each.</summary>
    public required IReadOnlyList<EndPoint> EndPoints { get; init; }

    /// <summary>The sentinels' name for the primary; null in the other modes.</summary>
    public string? MasterName { get; init; }

    public string? SentinelUser { get; init; }

    public string? SentinelPassword { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public bool Tls { get; init; }

    /// <summary>The host name that the server's certificate must have; null: the one connected to.</summary>
    public string? TlsHost { get; init; }

    /// <summary>
    /// Options of StackExchange.Redis given besides, as <c>name=value</c> in its own spelling, comma separated; may be empty.
    /// </summary>
    public string ClientOptions { get; init; } = "";

    /// <summary>What the application brings of the client; null: nothing.</summary>
    public ClientSource? Client { get; init; }

    public bool Equals(RedisAddress? other) =>
        other is not null && Mode == other.Mode && EndPoints.SequenceEqual(other.EndPoints) && MasterName == other.MasterName
        && SentinelUser == other.SentinelUser && SentinelPassword == other.SentinelPassword && User == other.User && Password == other.Password
        && Tls == other.Tls && TlsHost == other.TlsHost && ClientOptions == other.ClientOptions && Client == other.Client;

    public override int GetHashCode() => HashCode.Combine(Mode, EndPoints.Count, EndPoints[0], MasterName, User, Tls);

    public override string ToString()
    {
        var places = string.Join(',', EndPoints.Select(RedisEndPoint.Text));
        return MasterName is null ? places : $"{MasterName} of {places}";
    }
}
