using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Oxcaching.Configuration;

/// <summary>Parses <c>host</c>, <c>host:port</c>, <c>[::1]</c> and <c>[::1]:port</c>.</summary>
/// <remarks>Its problems never show the text, which may be part of a password.</remarks>
internal static class RedisEndPoint
{
    public const int DefaultPort = 6379;
    public const int DefaultSentinelPort = 26379;

    public static string? Check(string text)
    {
        Parse(text, out var problem);
        return problem;
    }

    public static string Text(EndPoint endPoint) => endPoint is DnsEndPoint dns ? $"{dns.Host}:{dns.Port}" : endPoint.ToString()!;

    /// <returns>Null when there is a problem.</returns>
    public static EndPoint? Parse(string text, out string? problem, int defaultPort = DefaultPort)
    {
        problem = null;
        if (!TrySplit(text, out var host, out var portText))
        {
            problem = "the end point is malformed, host:port or [IPv6]:port allowed";
        }
        else if (!TryParsePort(portText, defaultPort, out var port))
        {
            problem = "the port is not a port number, 1 … 65535 allowed";
        }
        else if (Create(host, isIPv6: text[0] == '[', port) is { } endPoint)
        {
            return endPoint;
        }
        else
        {
            problem = "the host is malformed, a name or an IP address allowed ([…] around IPv6)";
        }

        return null;
    }

    private static bool TrySplit(string text, out string host, out string? port)
    {
        host = text;
        port = null;
        if (text.StartsWith('['))
        {
            var close = text.IndexOf(']', StringComparison.Ordinal);
            if (close < 0 || (close + 1 < text.Length && text[close + 1] != ':'))
            {
                return false;
            }

            host = text[1..close];
            port = close + 1 < text.Length ? text[(close + 2)..] : null;
            return true;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
        {
            (host, port) = (text[..colon], text[(colon + 1)..]);
        }

        return host.Length > 0 && port?.Contains(':', StringComparison.Ordinal) != true;
    }

    private static bool TryParsePort(string? text, int defaultPort, out int port)
    {
        port = defaultPort;
        if (text is null)
        {
            return true;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= IPEndPoint.MaxPort;
    }

    private static EndPoint? Create(string host, bool isIPv6, int port)
    {
        if (isIPv6)
        {
            var valid = IPAddress.TryParse(host, out var v6) && v6.AddressFamily == AddressFamily.InterNetworkV6;
            return valid ? new IPEndPoint(v6!, port) : null;
        }

        // IPAddress also takes "1" and "127.1"; here an address has four parts, and what has only digits and dots is no name.
        if (host.All(c => char.IsAsciiDigit(c) || c == '.'))
        {
            return host.Split('.').Length == 4 && IPAddress.TryParse(host, out var v4) ? new IPEndPoint(v4, port) : null;
        }

        return host.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_') ? new DnsEndPoint(host.ToLowerInvariant(), port) : null;
    }
}
