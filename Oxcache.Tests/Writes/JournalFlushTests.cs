using Oxcaching.Tests.TestSupport;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>When the file is flushed to the disk.</summary>
public sealed class JournalFlushTests
{
    [Fact]
    public async Task With_always_a_record_is_flushed_before_it_is_answered()
    {
        using var bed = new JournalBed { Sync = WalSync.Always };
        await using var journal = bed.Open();
        await journal.KeepAsync(Records.Set("first", "1"));

        for (var i = 0; i < 5; i++)
        {
            var before = journal.Flushes;
            await journal.KeepAsync(Records.Set("k", "v"));
            Assert.Equal(before + 1, journal.Flushes);
        }
    }

    [Fact]
    public async Task With_always_many_who_wait_share_a_flush()
    {
        using var bed = new JournalBed { Sync = WalSync.Always };
        await using var journal = bed.Open();
        await journal.KeepAsync(Records.Set("first", "1"));
        var before = journal.Flushes;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => journal.AppendAsync(Records.Set($"k{i}", "v")).AsTask()));

        Assert.All(outcomes, outcome => Assert.Equal(JournalOutcome.Kept, outcome));
        Assert.InRange(journal.Flushes - before, 1, 500);
        Assert.Equal(1001, bed.AfterCrash().Count);
    }

    [Fact]
    public async Task With_interval_a_record_is_flushed_within_the_interval()
    {
        using var bed = new JournalBed { Sync = WalSync.Interval };
        await using var journal = bed.Open();
        await journal.KeepAsync(Records.Set("first", "1"));
        var before = journal.Flushes;

        for (var i = 0; i < 10; i++)
        {
            await journal.KeepAsync(Records.Set("k", "v"));
        }

        Assert.Equal(before, journal.Flushes);
        bed.Time.Advance(Journal.FlushInterval);
        Assert.Equal(before + 1, journal.Flushes);

        bed.Time.Advance(Journal.FlushInterval * 10);
        Assert.Equal(before + 1, journal.Flushes);
        await journal.KeepAsync(Records.Set("k", "v"));
        bed.Time.Advance(Journal.FlushInterval);
        Assert.Equal(before + 2, journal.Flushes);
    }

    [Fact]
    public async Task Marks_that_something_is_done_wait_for_the_interval_also_with_always()
    {
        using var bed = new JournalBed { Sync = WalSync.Always };
        await using var journal = bed.Open();
        var record = await journal.KeepAsync(Records.Set("k", "1"));
        await journal.KeepAsync(Records.Set("other", "1"));
        var before = journal.Flushes;

        journal.Complete(record);
        await Eventually.Is(() => bed.AfterCrash().Brief() == "other=1");
        Assert.Equal(before, journal.Flushes);
        await Eventually.Is(() => bed.Time.Timers == 1);
        bed.Time.Advance(Journal.FlushInterval);
        Assert.Equal(before + 1, journal.Flushes);
    }
}
