using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>How large the file gets, and what happens when there is no more room in it.</summary>
public sealed class JournalSpaceTests : IDisposable
{
    private const int ValueLength = 1000;

    private readonly JournalBed _bed = new() { MaxBytes = 64 * 1024 };

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task Superseded_and_finished_records_are_compacted_away()
    {
        await using var journal = _bed.Open();
        var kept = await journal.KeepAsync(Records.Set("kept", "1"));
        for (var i = 0; i < 2000; i++)
        {
            journal.Complete(await journal.KeepAsync(Records.Set($"k{i % 7}", new byte[ValueLength])));
            Assert.InRange(new FileInfo(_bed.FirstFile).Length, 0, _bed.MaxBytes);
        }

        journal.Complete(await journal.KeepAsync(Records.Set("last", "1")));
        await journal.DisposeAsync();
        Assert.Equal(kept.Whole(), Assert.Single(_bed.Recover()).Whole());
        Assert.Equal([".0.wal"], _bed.Files);
        Assert.Empty(_bed.Log.Texts(47));
    }

    [Fact]
    public async Task A_value_that_finds_no_room_is_kept_as_the_delete_of_its_key()
    {
        await using var journal = _bed.Open();
        await journal.KeepAsync(Records.Set("k", "old"));
        await FillAsync(journal);

        var set = Records.Set("k", new byte[ValueLength]);
        Assert.Equal(JournalOutcome.KeptAsDelete, await journal.AppendAsync(set));
        var found = _bed.AfterCrash()[^1];
        Assert.Equal((JournalRecordKind.Delete, "k", set.Id, set.Stamp), (found.Kind, found.Key, found.Id, found.Stamp));

        journal.Complete(set);
        await journal.KeepAsync(Records.Delete("marker"));
        Assert.DoesNotContain(_bed.AfterCrash(), record => record.Key == "k");
        Assert.Equal(2, _bed.Events.Dropped);
        Assert.Single(_bed.Log.Texts(47));
    }

    [Fact]
    public async Task A_delete_that_finds_no_room_takes_it_from_the_oldest_values()
    {
        await using var journal = _bed.Open();
        var values = await FillAsync(journal);
        var dropped = _bed.Events.Dropped;

        for (var i = 0; i < 200; i++)
        {
            await journal.KeepAsync(Records.Delete($"deleted {i}"));
        }

        var found = _bed.AfterCrash();
        Assert.Equal(200, found.Count(r => r.Key.StartsWith("deleted", StringComparison.Ordinal)));
        var lost = found.Count(r => r.Kind == JournalRecordKind.Delete) - 200 - 1;
        Assert.Equal(_bed.Events.Dropped - dropped, lost);
        Assert.Equal(values.Select(r => r.Key), found.Select(r => r.Key).Where(key => key[0] == 'v').Order().Take(values.Count));
        Assert.All(values.Take(lost), record => Assert.Equal(JournalRecordKind.Delete, found.Single(r => r.Id == record.Id).Kind));
        Assert.All(values.Skip(lost), record => Assert.Equal(JournalRecordKind.Set, found.Single(r => r.Id == record.Id).Kind));
        Assert.InRange(new FileInfo(_bed.FirstFile).Length, 0, _bed.MaxBytes);
    }

    [Fact]
    public async Task Full_of_deletes_it_refuses_other_keys_but_none_that_it_has()
    {
        await using var journal = _bed.Open();
        var outcome = JournalOutcome.Kept;
        var kept = 0;
        for (; outcome == JournalOutcome.Kept; kept++)
        {
            outcome = await journal.AppendAsync(Records.Delete($"k{kept}"));
        }

        Assert.Equal(JournalOutcome.Refused, outcome);
        Assert.Equal(JournalOutcome.Refused, await journal.AppendAsync(Records.Set("another", "1")));
        Assert.Equal(2, _bed.Events.Dropped);
        Assert.Equal(JournalOutcome.Kept, await journal.AppendAsync(Records.Delete("k0")));
        Assert.Equal(JournalOutcome.KeptAsDelete, await journal.AppendAsync(Records.Set("k1", new byte[ValueLength])));
        Assert.Equal(kept - 1, _bed.AfterCrash().Count);
    }

    [Fact]
    public async Task A_clear_always_makes_room()
    {
        await using var journal = _bed.Open();
        await FillAsync(journal);

        await journal.KeepAsync(Records.Clear());
        await journal.KeepAsync(Records.Set("k", "1"));

        Assert.Equal("clear k=1", _bed.AfterCrash().Brief());
    }

    [Fact]
    public async Task Room_that_came_free_is_used_again()
    {
        await using var journal = _bed.Open();
        var values = await FillAsync(journal);
        values.ForEach(journal.Complete);

        await journal.KeepAsync(Records.Set("k", new byte[ValueLength]));
    }

    [Fact]
    public async Task With_less_room_than_one_record_it_keeps_none_and_fails_nobody()
    {
        using var bed = new JournalBed { MaxBytes = 1 };
        await using var journal = bed.Open();

        Assert.Equal(JournalOutcome.Refused, await journal.AppendAsync(Records.Set("k", "1")));
        Assert.Equal(JournalOutcome.Refused, await journal.AppendAsync(Records.Clear()));
    }

    [Fact]
    public async Task More_than_there_is_room_for_is_found_all_the_same()
    {
        var stamp = 1_000;
        await using (var one = _bed.Open())
        await using (var other = _bed.Open())
        {
            for (var i = 0; i < 40; i++)
            {
                await one.KeepAsync(Records.Set($"a{i}", new byte[ValueLength], stamp++));
                await other.KeepAsync(Records.Set($"b{i}", new byte[ValueLength], stamp++));
            }
        }

        await using var heir = _bed.Open(out var recovered);
        Assert.Equal(80, recovered.Count);
        Assert.Equal(JournalOutcome.Kept, await heir.AppendAsync(Records.Set("a0", new byte[ValueLength])));
        Assert.Equal(JournalOutcome.KeptAsDelete, await heir.AppendAsync(Records.Set("c", new byte[ValueLength])));
        Assert.Equal(81, _bed.AfterCrash().Count);
    }

    /// <summary>Appends values until one finds no room; returns those that did.</summary>
    private static async Task<List<JournalRecord>> FillAsync(Journal journal)
    {
        var values = new List<JournalRecord>();
        while (true)
        {
            var record = Records.Set($"v{values.Count:000}", new byte[ValueLength]);
            if (await journal.AppendAsync(record) == JournalOutcome.KeptAsDelete)
            {
                return values;
            }

            values.Add(record);
        }
    }
}
