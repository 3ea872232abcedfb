namespace Oxcaching.Tests.Writes;

/// <summary>Who has which file: two journals in one process keep apart as two processes do.</summary>
public sealed class JournalSlotTests : IDisposable
{
    private readonly JournalBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task Two_at_once_have_a_file_each()
    {
        await using var one = _bed.Open();
        await one.KeepAsync(Records.Set("a", "1"));
        await using var other = _bed.Open(out var recovered);
        await other.KeepAsync(Records.Set("b", "1"));

        Assert.Empty(recovered);
        Assert.Equal([".0.wal", ".1.wal"], _bed.Files);
        Assert.Equal("a=1 b=1", _bed.AfterCrash().Brief());
    }

    [Fact]
    public async Task A_start_takes_over_what_dead_processes_left_and_nothing_of_the_living()
    {
        await using var living = _bed.Open();
        await living.KeepAsync(Records.Set("living", "1"));
        await using (var dead = _bed.Open())
        {
            await dead.KeepAsync(Records.Set("dead", "1"));
            await using var alsoDead = _bed.Open();
            await alsoDead.KeepAsync(Records.Set("also dead", "1"));
        }

        await using var heir = _bed.Open(out var recovered);
        await heir.KeepAsync(Records.Set("heir", "1"));

        Assert.Equal("dead=1 also dead=1", recovered.Brief());
        Assert.Equal([".0.wal", ".1.wal"], _bed.Files);
        Assert.Equal("living=1 dead=1 also dead=1 heir=1", _bed.AfterCrash().Brief());
    }

    [Fact]
    public async Task A_crash_while_taking_over_loses_nothing_and_doubles_nothing()
    {
        await using (var dead = _bed.Open())
        {
            await dead.KeepAsync(Records.Set("a", "1"));
            await using var alsoDead = _bed.Open();
            await alsoDead.KeepAsync(Records.Set("b", "1"));
        }

        var second = Path.Combine(_bed.Folder, JournalBed.FileName + ".1.wal");
        var bytes = await File.ReadAllBytesAsync(second);
        await using (var heir = _bed.Open())
        {
            await heir.KeepAsync(Records.Set("c", "1"));
        }

        Assert.False(File.Exists(second));
        await File.WriteAllBytesAsync(second, bytes);
        Assert.Equal("a=1 b=1 c=1", _bed.Recover().Brief());
    }

    [Theory]
    [InlineData("other", JournalBed.Identity)]
    [InlineData("THINGS", JournalBed.Identity)]
    [InlineData(JournalBed.Service, "127.0.0.1:6379/1/oxcache")]
    public async Task Writes_of_another_service_or_for_another_Redis_are_not_ours(string service, string identity)
    {
        await using (var journal = _bed.Open())
        {
            await journal.KeepAsync(Records.Set("k", "1"));
        }

        await using (_bed.Open(out var recovered, service, identity))
        {
            Assert.Empty(recovered);
        }

        Assert.Equal("k=1", _bed.Recover().Brief());
    }

    [Fact]
    public async Task A_file_under_another_services_name_is_set_aside()
    {
        await using (var journal = _bed.Open(out _, "other"))
        {
            await journal.KeepAsync(Records.Set("k", "1"));
        }

        var file = Assert.Single(Directory.GetFiles(_bed.Folder, "*.wal"));
        File.Move(file, _bed.FirstFile);
        await using (_bed.Open(out var recovered))
        {
            Assert.Empty(recovered);
        }

        Assert.Equal([".0.wal.corrupt-20300101T000000Z"], _bed.Files);
    }

    [Fact]
    public async Task What_a_crash_left_of_a_compaction_goes_with_the_next_start()
    {
        await using (var journal = _bed.Open())
        {
            await journal.KeepAsync(Records.Set("k", "1"));
        }

        await File.WriteAllTextAsync(_bed.FirstFile + ".new", "half of it");
        await using (_bed.Open(out var recovered))
        {
            Assert.Equal("k=1", recovered.Brief());
        }

        Assert.Equal([".0.wal"], _bed.Files);
    }

    [Fact]
    public async Task Starts_at_the_same_time_share_what_was_left()
    {
        for (var round = 0; round < 20; round++)
        {
            var left = Enumerable.Range(0, 5).Select(_ => _bed.Open()).ToList();
            for (var i = 0; i < left.Count; i++)
            {
                await left[i].KeepAsync(Records.Set($"k{i}", "1"));
            }

            await Task.WhenAll(left.Select(journal => journal.DisposeAsync().AsTask()));
            var found = new System.Collections.Concurrent.ConcurrentBag<string>();
            var heirs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            {
                var journal = _bed.Open(out var recovered);
                recovered.ToList().ForEach(record =>
                {
                    found.Add(record.Key);
                    journal.Complete(record);
                });
                return journal;
            })));
            await Task.WhenAll(heirs.Select(journal => journal.DisposeAsync().AsTask()));

            Assert.Equal(["k0", "k1", "k2", "k3", "k4"], found.Order());
            Assert.Empty(_bed.Files);
        }
    }

    [Fact]
    public async Task What_cannot_be_read_for_now_is_left_for_the_next_start()
    {
        Directory.CreateDirectory(_bed.FirstFile);
        await using (var journal = _bed.Open())
        {
            await journal.KeepAsync(Records.Set("k", "1"));
        }

        Assert.True(Directory.Exists(_bed.FirstFile));
        Assert.Equal("k=1", _bed.Recover().Brief());
    }
}
