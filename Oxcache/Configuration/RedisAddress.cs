using System.Net;

namespace Oxcaching.Configuration;

/// <summary>Which Redis, and as whom: services with equal addresses share one connection.</summary>
/// <remarks>Holds the password, so its ToString names the endpoints alone.</remarks>
internal sealed record RedisAddress
{
    /// <summary>In the order given; an IPEndPoint or a DnsEndPoint each.</summary>
    public required IReadOnlyList<EndPoint> EndPoints { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public bool Tls { get; init; }

    /// <summary>The host name that the server's certificate must have; null: the one connected to.</summary>
    public string? TlsHost { get; init; }

    /// <summary>
    /// Options of StackExchange.Redis given besides, as <c>name=value</c> in its own spelling, comma separated; may be empty.
    /// </summary>
    public string ClientOptions { get; init; } = "";

    public bool Equals(RedisAddress? other) =>
        other is not null && EndPoints.SequenceEqual(other.EndPoints) && User == other.User && Password == other.Password
        && Tls == other.Tls && TlsHost == other.TlsHost && ClientOptions == other.ClientOptions;

    public override int GetHashCode() => HashCode.Combine(EndPoints.Count, EndPoints[0], User, Tls);

    public override string ToString() => string.Join(',', EndPoints.Select(Text));

    private static string Text(EndPoint endPoint) => endPoint is DnsEndPoint dns ? $"{dns.Host}:{dns.Port}" : endPoint.ToString()!;
}
