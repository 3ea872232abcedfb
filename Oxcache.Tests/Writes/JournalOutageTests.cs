using Oxcaching.Tests.TestSupport;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>Disks that are full, and files and folders that are not what they should be.</summary>
public sealed class JournalOutageTests : IDisposable
{
    private readonly JournalBed _bed = new();

    public void Dispose()
    {
        if (File.Exists(_bed.Folder))
        {
            File.Delete(_bed.Folder);
        }

        _bed.Dispose();
    }

    [Fact]
    public async Task Where_no_folder_can_be_made_the_journal_is_in_memory_until_one_can()
    {
        await File.WriteAllTextAsync(_bed.Folder, "a file where the folder should be");
        await using var journal = _bed.Open(out var recovered);
        Assert.Empty(recovered);
        Assert.Equal(JournalOutcome.InMemory, await journal.AppendAsync(Records.Set("a", "1")));
        Assert.Equal(JournalOutcome.InMemory, await journal.AppendAsync(Records.Set("b", "1")));
        _bed.Time.Advance(Journal.RetryInterval);
        await Eventually.Is(() => _bed.Time.Timers == 1);
        Assert.False(journal.IsDurable);

        File.Delete(_bed.Folder);
        _bed.Time.Advance(Journal.RetryInterval);
        await Eventually.Is(() => journal.IsDurable);

        await journal.KeepAsync(Records.Set("b", "2"));
        Assert.Equal("a=1 b=2", _bed.AfterCrash().Brief());
        Assert.Equal(2, _bed.Events.InMemory);
        Assert.Single(_bed.Log.Texts(44));
        Assert.Single(_bed.Log.Texts(45));
    }

    [Fact]
    public async Task Closing_tries_once_more()
    {
        await File.WriteAllTextAsync(_bed.Folder, "");
        var journal = _bed.Open();
        Assert.Equal(JournalOutcome.InMemory, await journal.AppendAsync(Records.Set("a", "1")));
        File.Delete(_bed.Folder);
        await journal.DisposeAsync();

        Assert.Equal("a=1", _bed.Recover().Brief());
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("/proc/nothing/can/be/made/here")]
    public async Task A_folder_that_cannot_be_fails_no_start(string folder)
    {
        await using var journal = new JournalBed(folder).Open();

        Assert.Equal(JournalOutcome.InMemory, await journal.AppendAsync(Records.Set("a", "1")));
        Assert.False(journal.IsDurable);
    }

    [Theory]
    [InlineData(WalSync.Always, "file")]
    [InlineData(WalSync.Always, "folder")]
    [InlineData(WalSync.Interval, "file")]
    [InlineData(WalSync.Interval, "folder")]
    public async Task A_file_that_somebody_deletes_is_written_anew_with_all_that_was_in_it(WalSync sync, string deleted)
    {
        using var bed = new JournalBed { Sync = sync };
        await using var journal = bed.Open();
        await journal.KeepAsync(Records.Set("a", "1"));
        Delete(bed, deleted);

        await journal.KeepAsync(Records.Set("b", "1"));
        if (sync == WalSync.Interval)
        {
            await Eventually.Is(() => bed.Time.Timers == 1);
            bed.Time.Advance(Journal.FlushInterval);
            await Eventually.Is(() => File.Exists(bed.FirstFile));
            await journal.KeepAsync(Records.Set("c", "1"));
        }

        Assert.StartsWith("a=1 b=1", bed.AfterCrash().Brief(), StringComparison.Ordinal);
        Assert.True(journal.IsDurable);
        await using var other = bed.Open(out var recovered);
        Assert.Empty(recovered);
    }

    [SkippableFact]
    public async Task On_a_full_disk_what_was_kept_stays_and_the_rest_is_written_when_there_is_room()
    {
        using var disk = SmallDisk.Mount();
        using var bed = new JournalBed(Path.Combine(disk.Path, "journals")) { MaxBytes = 64 << 20, Sync = WalSync.Always };
        await using var journal = bed.Open();
        var kept = new List<JournalRecord>();
        var value = new byte[50_000];
        var record = Records.Set("k0", value);
        while (await journal.AppendAsync(record) == JournalOutcome.Kept)
        {
            kept.Add(record);
            record = Records.Set($"k{kept.Count}", value);
        }

        Assert.Equal(JournalOutcome.InMemory, await journal.AppendAsync(Records.Delete("small")));
        Assert.Equal(kept.Select(r => r.Whole()), bed.AfterCrash().Select(r => r.Whole()));
        Assert.Single(bed.Log.Texts(44));

        journal.Complete(record);
        kept.ForEach(journal.Complete);
        bed.Time.Advance(Journal.RetryInterval);
        await Eventually.Is(() => journal.IsDurable);
        await journal.KeepAsync(Records.Set("later", "1"));
        Assert.Equal("-small later=1", bed.AfterCrash().Brief());
    }

    [SkippableFact]
    public async Task On_a_full_disk_a_start_finds_all_and_begins_in_memory()
    {
        using var disk = SmallDisk.Mount();
        using var bed = new JournalBed(Path.Combine(disk.Path, "journals"));
        await using (var journal = bed.Open())
        {
            await journal.KeepAsync(Records.Set("k", "1"));
        }

        var filling = Path.Combine(disk.Path, "filling");
        disk.Fill(filling);
        await using (var journal = bed.Open(out var recovered))
        {
            Assert.Equal("k=1", recovered.Brief());
            Assert.Equal(JournalOutcome.InMemory, await journal.AppendAsync(Records.Set("other", "1")));

            File.Delete(filling);
            bed.Time.Advance(Journal.RetryInterval);
            await Eventually.Is(() => journal.IsDurable);
        }

        Assert.Equal("k=1 other=1", bed.Recover().Brief());
    }

    [SkippableFact]
    public async Task A_compaction_that_finds_no_room_waits_while_the_file_may_grow()
    {
        using var disk = SmallDisk.Mount();
        using var bed = new JournalBed(Path.Combine(disk.Path, "journals")) { MaxBytes = 800_000 };
        await using var journal = bed.Open();
        for (var i = 0; i < 5; i++)
        {
            await journal.KeepAsync(Records.Set($"live{i}", new byte[100_000]));
        }

        disk.Fill(Path.Combine(disk.Path, "filling"), leave: 320_000);
        for (var i = 0; i < 28; i++)
        {
            await journal.KeepAsync(Records.Set("k", new byte[10_000]));
        }

        Assert.True(journal.IsDurable);
        Assert.Single(bed.Log.Texts(46));
        Assert.Equal(6, bed.AfterCrash().Count);
    }

    private static void Delete(JournalBed bed, string what)
    {
        if (what == "file")
        {
            File.Delete(bed.FirstFile);
        }
        else
        {
            Directory.Delete(bed.Folder, recursive: true);
        }
    }
}
