using System.Buffers;

namespace Oxcaching.Configuration;

/// <summary>Which names may become parts of a key in Redis. None has a ':', so that a + b:c is never a:b + c.</summary>
internal static class NameRules
{
    private const int LongestName = 64;

    private static readonly SearchValues<char> ServiceCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    public static string? CheckServiceName(string name) =>
        name.Length is >= 1 and <= LongestName && !name.AsSpan().ContainsAnyExcept(ServiceCharacters)
            ? null
            : "not a service name, 1 … 64 of the characters A-Z a-z 0-9 _ . - allowed";

    public static string? CheckKeyPrefix(string prefix) =>
        prefix.Length is >= 1 and <= LongestName && !prefix.Any(c => c == ':' || char.IsControl(c) || char.IsWhiteSpace(c))
            ? null
            : "not a key prefix, 1 … 64 characters without ':', white space and control characters allowed";
}
