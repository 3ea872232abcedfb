namespace Oxcaching.Fody.Keys;

/// <summary>Finds what a mistyped name was meant to be.</summary>
internal static class NearestName
{
    /// <summary>The nearest of the names, if it is near enough to be meant.</summary>
    public static string? Of(string name, IEnumerable<string> names)
    {
        var tolerance = Math.Max(1, name.Length / 3);
        return names
            .OrderBy(candidate => Distance(name, candidate))
            .FirstOrDefault(candidate => Distance(name, candidate) <= tolerance);
    }

    /// <summary>The Levenshtein distance, letters compared without case.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substitution = diagonal + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
