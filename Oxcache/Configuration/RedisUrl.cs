using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Oxcaching.Configuration;

/// <summary>Parses <c>redis://user:password@host:port/db</c> and <c>rediss://…</c>.</summary>
internal sealed partial class RedisUrl(RedisConnectionString target, bool concealed)
{
    private const string Form = "redis://user:password@host:port/db";
    private const string EscapeHint = "'@', ':', '/', '?', '#' and '%' in user and password are written %40, %3A, %2F, %3F, %23, %25";

    public static bool HasScheme(string text) => Scheme().IsMatch(text);

    public void Parse(string text)
    {
        var scheme = Scheme().Match(text).Groups[1].Value.ToLowerInvariant();
        if (scheme is not ("redis" or "rediss"))
        {
            target.AddProblem("unknown scheme, redis:// or rediss:// (with TLS) allowed");
            return;
        }

        target.Tls = scheme == "rediss";
        var rest = text[(scheme.Length + "://".Length)..];
        var end = rest.AsSpan().IndexOfAny("/?#");
        var (authority, tail) = end < 0 ? (rest, "") : (rest[..end], rest[end..]);
        if (tail.Contains('@', StringComparison.Ordinal) || authority.Count(c => c == '@') > 1)
        {
            target.AddProblem($"malformed, {Form} allowed; {EscapeHint}");
            return;
        }

        ParseAuthority(authority);
        ParseTail(tail);
    }

    private void ParseAuthority(string authority)
    {
        var at = authority.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            ParseCredentials(authority[..at]);
        }

        var endPoint = authority[(at + 1)..];
        if (endPoint.Length == 0)
        {
            target.AddProblem($"no host, {Form} allowed");
        }
        else if (endPoint.Contains(',', StringComparison.Ordinal))
        {
            target.AddProblem($"several end points, one in {Form} allowed");
        }
        else
        {
            target.AddEndPoint(endPoint, where: "");
        }
    }

    private void ParseCredentials(string credentials)
    {
        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        var (user, password) = colon < 0 ? (credentials, "") : (credentials[..colon], credentials[(colon + 1)..]);
        if (password.Contains(':', StringComparison.Ordinal))
        {
            target.AddProblem("malformed password, ':' in it is written %3A");
        }
        else if (Decode(user) is not { } decodedUser || Decode(password) is not { } decodedPassword)
        {
            target.AddProblem("malformed %-escape in user or password, %XX of UTF-8 allowed");
        }
        else
        {
            target.SetUser(decodedUser);
            target.SetPassword(decodedPassword);
        }
    }

    private void ParseTail(string tail)
    {
        var query = tail.AsSpan().IndexOfAny("?#");
        var path = query < 0 ? tail : tail[..query];
        if (path.Length > 1)
        {
            target.SetDatabase(path[1..]);
        }

        if (query >= 0 && query + 1 < tail.Length)
        {
            AddUnknownQuery(tail[query] == '?' ? tail[(query + 1)..] : "");
        }
    }

    private void AddUnknownQuery(string query)
    {
        var name = query.Split('=', '&')[0];
        var shown = concealed || !QueryName().IsMatch(name) ? "" : $" '{name}'";
        target.AddProblem($"unknown query parameter{shown}, none are allowed: use the keys of the l2 section");
    }

    /// <summary>Null when an escape is malformed or not of UTF-8; Uri.UnescapeDataString would leave it as it is.</summary>
    private static string? Decode(string text)
    {
        if (!Escaped().IsMatch(text))
        {
            return null;
        }

        var runs = text.Split('%');
        byte[] decoded = [.. Encoding.UTF8.GetBytes(runs[0]), .. runs.Skip(1).SelectMany(EscapeAndRun)];
        return Utf8.IsValid(decoded) ? Encoding.UTF8.GetString(decoded) : null;
    }

    private static IEnumerable<byte> EscapeAndRun(string text) => [Convert.ToByte(text[..2], 16), .. Encoding.UTF8.GetBytes(text[2..])];

    [GeneratedRegex(@"\A([A-Za-z][A-Za-z0-9+.-]*)://")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_.-]*\z")]
    private static partial Regex QueryName();

    [GeneratedRegex(@"\A([^%]|%[0-9A-Fa-f]{2})*\z")]
    private static partial Regex Escaped();
}
