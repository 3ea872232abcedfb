using System.Text;

namespace Oxcaching.Configuration;

/// <summary>Fills <c>${NAME}</c> and <c>${NAME:-default}</c> from the environment; <c>$${</c> stands for a literal <c>${</c>.</summary>
internal static class EnvironmentText
{
    private const string Opening = "${";
    private const string EscapedOpening = "$${";
    private const string DefaultMark = ":-";

    /// <param name="text">As it stands in the file.</param>
    /// <param name="names">The variables that it names, in their order, whether they are set or not; the outcome must not be shown if there are any.</param>
    /// <param name="problem">What is wrong; null when all could be filled in.</param>
    /// <returns>The text filled in; what was filled in is not itself expanded.</returns>
    public static string Expand(string text, out IReadOnlyList<string> names, out string? problem)
    {
        var named = new List<string>();
        names = named;
        problem = null;
        var result = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length;)
        {
            if (At(text, index, EscapedOpening))
            {
                result.Append(Opening);
                index += EscapedOpening.Length;
            }
            else if (At(text, index, Opening))
            {
                var close = text.IndexOf('}', index);
                var reference = close < 0 ? null : text[(index + Opening.Length)..close];
                if (Resolve(reference, named, out problem) is not { } value)
                {
                    return text;
                }

                result.Append(value);
                index = close + 1;
            }
            else
            {
                result.Append(text[index++]);
            }
        }

        return result.ToString();
    }

    private static string? Resolve(string? reference, List<string> names, out string? problem)
    {
        var mark = reference?.IndexOf(DefaultMark, StringComparison.Ordinal) ?? -1;
        var name = mark < 0 ? reference : reference![..mark];
        var fallback = mark < 0 ? null : reference![(mark + DefaultMark.Length)..];
        if (name is null || !IsName(name) || fallback?.Contains(Opening, StringComparison.Ordinal) == true)
        {
            problem = "malformed ${, ${NAME} or ${NAME:-default} allowed, and $${ for a literal ${";
            return null;
        }

        names.Add(name);

        // As in a shell: an empty variable counts as missing where there is a default.
        var value = Environment.GetEnvironmentVariable(name);
        if (fallback is not null && string.IsNullOrEmpty(value))
        {
            value = fallback;
        }

        problem = value is null ? $"the environment variable {name} is not set, set it or give a default: ${{{name}:-default}}" : null;
        return value;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static bool At(string text, int index, string expected) =>
        string.CompareOrdinal(text, index, expected, 0, expected.Length) == 0;
}
