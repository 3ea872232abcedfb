using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>Whatever is done to it in whatever order, the journal is a list of the newest records that are not done.</summary>
public sealed class JournalModelTests
{
    private const int Steps = 1500;
    private const int Keys = 15;

    private readonly List<JournalRecord> _model = [];
    private readonly List<JournalRecord> _everAppended = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task It_agrees_with_a_list_after_every_restart(int seed)
    {
        var random = new Random(seed);
        using var bed = new JournalBed { MaxBytes = 64 * 1024, Sync = seed % 2 == 0 ? WalSync.Always : WalSync.Interval };
        var journal = bed.Open();
        for (var step = 0; step < Steps; step++)
        {
            switch (random.Next(100))
            {
                case < 60:
                    await AppendAsync(journal, RandomWrite(random));
                    break;
                case < 63:
                    await AppendAsync(journal, Records.Clear());
                    break;
                case < 93:
                    Complete(journal, random);
                    break;
                case < 97:
                    // Marks are not waited for, but they are written before what comes after them.
                    await AppendAsync(journal, RandomWrite(random));
                    AssertAgrees(bed.AfterCrash());
                    break;
                default:
                    await journal.DisposeAsync();
                    journal = bed.Open(out var recovered);
                    AssertAgrees(recovered);
                    break;
            }
        }

        await journal.DisposeAsync();
        AssertAgrees(bed.Recover());
        Assert.DoesNotContain(bed.Log.Lines, line => line.Event != 40);
    }

    private static JournalRecord RandomWrite(Random random)
    {
        var key = $"k{random.Next(Keys)}";
        if (random.Next(4) == 0)
        {
            return Records.Delete(key, random.NextInt64(), random.Next());
        }

        var value = new byte[random.Next(2000)];
        random.NextBytes(value);
        return Records.Set(key, value, random.NextInt64(), random.Next(), random.NextInt64());
    }

    private async Task AppendAsync(Journal journal, JournalRecord record)
    {
        _everAppended.Add(record);
        _model.RemoveAll(r => record.Kind == JournalRecordKind.Clear || r.Key == record.Key);
        _model.Add(record);
        await journal.KeepAsync(record);
    }

    /// <summary>Mostly one that is live, at times one that was superseded or completed long ago.</summary>
    private void Complete(Journal journal, Random random)
    {
        var from = random.Next(4) == 0 ? _everAppended : _model;
        if (from.Count > 0)
        {
            var record = from[random.Next(from.Count)];
            _model.RemoveAll(r => r.Id == record.Id);
            journal.Complete(record);
        }
    }

    private void AssertAgrees(IEnumerable<JournalRecord> recovered) =>
        Assert.Equal(_model.Select(r => r.Whole()), recovered.Select(r => r.Whole()));
}
