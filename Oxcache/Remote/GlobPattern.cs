using System.Buffers;
using System.Text;

namespace Oxcaching.Remote;

/// <summary>The patterns of SCAN.</summary>
internal static class GlobPattern
{
    private static readonly SearchValues<char> Special = SearchValues.Create("*?[]^\\");

    /// <summary>A pattern that matches the text itself.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(Special))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (Special.Contains(c))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
