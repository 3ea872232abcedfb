using Oxcaching.Remote;
using Oxcaching.Tests.Servers;

namespace Oxcaching.Tests.Remote;

/// <summary>Of the records of one key each has another version than the one before, whatever the server's clock says.</summary>
public sealed class VersionTests
{
    private const string Key = "k";

    [SkippableTheory]
    [EachServer]
    public async Task After_the_clock_stepped_back_versions_still_rise(ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        var standing = new Head(DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds() * 1000, RecordKind.Tombstone, 1, 1_700_000_000_000_000, 0);
        await cache.Database.StringSetAsync(cache.RedisKey(Key), standing.ToString());
        var versions = new List<long> { standing.Version };

        await NoteAsync(() => cache.Things.SetAsync(Key, "set").AsTask());
        Assert.Equal("set", await cache.ReadAfreshAsync(Key));
        await NoteAsync(() => cache.Things.DeleteAsync(Key).AsTask());
        await NoteAsync(() => cache.Things.GetOrSetAsync(Key, _ => new ValueTask<string>("loaded")).AsTask());
        Assert.Equal("loaded", await cache.ReadAfreshAsync(Key));
        await NoteAsync(() => cache.Things.ClearAsync().AsTask());
        Assert.Null(await cache.ReadAfreshAsync(Key));

        Assert.Equal(versions.Order().Distinct(), versions);

        async Task NoteAsync(Func<Task> change)
        {
            await change();
            await cache.SettledAsync();
            versions.Add((await cache.HeadAsync(Key)).Version);
        }
    }

    [SkippableTheory]
    [EachServer]
    public async Task The_largest_version_there_may_be_can_be_written_over(ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        var largest = new Head(8_999_999_999_999_999, RecordKind.Tombstone, 1, 1_700_000_000_000_000, 0);
        await cache.Database.StringSetAsync(cache.RedisKey(Key), largest.ToString());

        foreach (var value in new[] { "first", "second", "third" })
        {
            await cache.Things.SetAsync(Key, value);
            Assert.Equal(value, await cache.ReadAfreshAsync(Key));
        }

        Assert.Equal(0, cache.Complaints);
    }

    [SkippableTheory]
    [EachServer]
    public async Task Heads_that_are_written_at_once_are_all_different(ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        var remote = cache.Remote;
        var key = remote.KeyOf(Key);
        var deletes = await Task.WhenAll(Enumerable.Range(0, 500).Select(
            _ => remote.WriteAsync([new RemoteWrite { Key = key, Nonce = remote.NextNonce(), Call = remote.NewCall(key) }], yields: false).AsTask()));

        var heads = deletes.Select(answer => answer.Value![0]!.Value.Head).ToList();
        Assert.Equal(heads.Count, heads.Distinct().Count());
        Assert.Equal(heads.Count, heads.Select(head => head.Version).Distinct().Count());
    }
}
