namespace Oxcaching.Configuration;

/// <summary>Finds the name that a misspelt one was meant to be.</summary>
internal static class Nearest
{
    private const int LongestCompared = 64;

    /// <summary>The known name that differs least, if by at most a third of its letters; upper case and '-' for '_' count little.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        if (name.Length > LongestCompared)
        {
            return null;
        }

        var folded = Fold(name);
        return known.Select(k => (Name: k, Distance: Distance(folded, Fold(k))))
            .Where(c => c.Distance <= Math.Max(1, c.Name.Length / 3))
            .OrderBy(c => c.Distance)
            .Select(c => c.Name)
            .FirstOrDefault();
    }

    private static string Fold(string name) => name.ToLowerInvariant().Replace('-', '_');

    /// <summary>How many letters have to be put in, taken out, changed or swapped with their neighbour.</summary>
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            cost[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            cost[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(change, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if (swapped)
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
