using System.Runtime.Versioning;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>What a restart finds of what was appended.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly JournalBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task A_restart_finds_what_was_appended_whole_and_in_order()
    {
        JournalRecord[] records =
        [
            Records.Set("one", "1", stamp: 1_700_000_000_000_000, error: 250, expiry: 1_700_000_600_000_000),
            Records.Delete("two", stamp: 1_700_000_000_000_001, error: 251),
            Records.Set("", []),
            Records.Set("a lone surrogate \uD800 and 漢字", "x"),
            Records.Set("large", new byte[200_000]),
        ];
        await using (var journal = _bed.Open())
        {
            foreach (var record in records)
            {
                await journal.KeepAsync(record);
            }
        }

        await using var reopened = _bed.Open(out var recovered);
        Assert.Equal(records.Select(r => r.Whole()), recovered.Select(r => r.Whole()));
    }

    [Fact]
    public async Task A_record_that_was_answered_outlasts_the_process_without_any_closing()
    {
        await using var journal = _bed.Open();
        await journal.KeepAsync(Records.Set("k", "v"));

        Assert.Equal("k=v", _bed.AfterCrash().Brief());
    }

    [Fact]
    public async Task Only_the_newest_record_of_a_key_is_found()
    {
        await using var journal = _bed.Open();
        await journal.KeepAsync(Records.Set("a", "1"));
        await journal.KeepAsync(Records.Set("b", "1"));
        await journal.KeepAsync(Records.Set("a", "2"));
        await journal.KeepAsync(Records.Delete("b"));
        await journal.KeepAsync(Records.Set("a", "3"));

        Assert.Equal("-b a=3", _bed.AfterCrash().Brief());
    }

    [Fact]
    public async Task A_clear_supersedes_all_before_it_and_nothing_after_it()
    {
        await using var journal = _bed.Open();
        await journal.KeepAsync(Records.Set("a", "1"));
        await journal.KeepAsync(Records.Delete("b"));
        await journal.KeepAsync(Records.Clear());
        await journal.KeepAsync(Records.Set("c", "1"));

        Assert.Equal("clear c=1", _bed.AfterCrash().Brief());
    }

    [Fact]
    public async Task What_Redis_acknowledged_is_not_found_again()
    {
        await using (var journal = _bed.Open())
        {
            var a = await journal.KeepAsync(Records.Set("a", "1"));
            await journal.KeepAsync(Records.Set("b", "1"));
            var clear = await journal.KeepAsync(Records.Delete("c"));
            journal.Complete(a);
            journal.Complete(clear);
        }

        Assert.Equal("b=1", _bed.Recover().Brief());
    }

    [Fact]
    public async Task What_is_settled_is_not_found_again_though_the_process_is_killed()
    {
        await using var journal = _bed.Open();
        await journal.SettledAsync();
        for (var i = 0; i < 100; i++)
        {
            journal.Complete(await journal.KeepAsync(Records.Set("k", $"{i}")));
            await journal.SettledAsync();
            Assert.Empty(_bed.AfterCrash());
        }
    }

    [Fact]
    public async Task That_an_older_record_is_done_says_nothing_of_the_newer_one()
    {
        await using (var journal = _bed.Open())
        {
            var older = await journal.KeepAsync(Records.Set("k", "1"));
            var newer = await journal.KeepAsync(Records.Set("k", "2"));
            journal.Complete(older);
            await journal.KeepAsync(Records.Set("other", "1"));
            Assert.Equal("k=2 other=1", _bed.AfterCrash().Brief());

            journal.Complete(newer);
            journal.Complete(newer);
        }

        Assert.Equal("other=1", _bed.Recover().Brief());
    }

    [Fact]
    public async Task What_was_found_stays_until_it_is_done()
    {
        await using (var journal = _bed.Open())
        {
            await journal.KeepAsync(Records.Set("a", "1"));
            await journal.KeepAsync(Records.Set("b", "1"));
        }

        await using (var journal = _bed.Open(out var recovered))
        {
            journal.Complete(recovered[0]);
            await journal.KeepAsync(Records.Set("c", "1"));
        }

        Assert.Equal("b=1 c=1", _bed.Recover().Brief());
    }

    [Fact]
    public async Task A_journal_without_anything_to_say_has_no_file()
    {
        await using (var journal = _bed.Open())
        {
            var record = await journal.KeepAsync(Records.Set("k", "1"));
            Assert.Equal([".0.wal"], _bed.Files);
            journal.Complete(record);
        }

        Assert.Empty(_bed.Files);
    }

    [Fact]
    public async Task A_closed_journal_takes_records_in_memory_alone()
    {
        var journal = _bed.Open();
        await journal.KeepAsync(Records.Set("k", "1"));
        await journal.DisposeAsync();
        await journal.DisposeAsync();

        Assert.Equal(JournalOutcome.InMemory, await journal.AppendAsync(Records.Set("k", "2")));
        Assert.Equal("k=1", _bed.Recover().Brief());
    }

    [Fact]
    public async Task Closing_answers_everyone_who_waits()
    {
        var journal = _bed.Open();
        var answers = Enumerable.Range(0, 200).Select(i => Task.Run(async () => (i, await journal.AppendAsync(Records.Set($"k{i}", "v"))))).ToList();
        await answers[0];
        await journal.DisposeAsync();

        var kept = (await Task.WhenAll(answers)).Where(a => a.Item2 == JournalOutcome.Kept).Select(a => $"k{a.i}").Order();
        Assert.Equal(kept, _bed.Recover().Select(r => r.Key).Order());
        Assert.Equal(0, _bed.Time.Timers);
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public async Task Its_files_are_for_their_owner_alone()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no file modes; there the folder is the user's own.");
        await using var journal = _bed.Open();
        await journal.KeepAsync(Records.Set("k", "secret"));

        const UnixFileMode ReadAndWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(ReadAndWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_bed.Folder));
        Assert.All(Directory.GetFiles(_bed.Folder).Select(File.GetUnixFileMode), mode => Assert.Equal(ReadAndWrite, mode));
    }

    [Fact]
    public void By_default_the_files_are_in_the_folder_of_this_users_state()
    {
        Assert.EndsWith("oxcache", JournalFolder.Default, StringComparison.Ordinal);
        Assert.True(Path.IsPathRooted(JournalFolder.Default));
    }
}
