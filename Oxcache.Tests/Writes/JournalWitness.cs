using System.Globalization;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>Hears what <see cref="JournalProgram"/> prints, and holds what is found later against it.</summary>
internal sealed class JournalWitness
{
    private readonly Dictionary<string, Testimony> _byKey = [];

    public int Kept { get; private set; }

    public void Hear(string line)
    {
        if (line.Split(' ') is not [var word, var key, var number])
        {
            return;
        }

        var version = long.Parse(number, CultureInfo.InvariantCulture);
        var testimony = _byKey.TryGetValue(key, out var known) ? known : _byKey[key] = new Testimony();
        switch (word)
        {
            case "begin":
                testimony.LastBegun = version;
                break;
            case nameof(JournalOutcome.Kept):
                (testimony.Oldest, testimony.MustBeFound) = (version, true);
                Kept++;
                break;
            case "done":
                testimony.MustBeFound = false;
                break;
        }
    }

    /// <summary>Nothing that was kept is missing, older than it was, back from the dead, made up or damaged.</summary>
    public void Examine(IReadOnlyList<JournalRecord> found)
    {
        var byKey = found.ToDictionary(record => record.Key);
        Assert.Subset(_byKey.Keys.ToHashSet(), byKey.Keys.ToHashSet());
        foreach (var (key, testimony) in _byKey)
        {
            if (byKey.TryGetValue(key, out var record))
            {
                var version = (long)record.Id;
                Assert.InRange(version, testimony.Oldest, testimony.LastBegun);
                Assert.Equal(JournalProgram.Record(key, version).Whole(), record.Whole());
                (testimony.Oldest, testimony.MustBeFound) = (version, true);
            }
            else
            {
                Assert.False(testimony.MustBeFound, $"{key}: {testimony.Oldest} was kept and is missing.");
                testimony.Oldest = testimony.LastBegun + 1;
            }
        }
    }

    private sealed class Testimony
    {
        public long LastBegun { get; set; }

        public long Oldest { get; set; }

        public bool MustBeFound { get; set; }
    }
}
