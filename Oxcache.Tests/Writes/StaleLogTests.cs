using Oxcaching.Tests.Faults;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Writes;

/// <summary>The log of a process that was killed before it could note that Redis has what is in it, and more.</summary>
public sealed class StaleLogTests : IAsyncLifetime
{
    private readonly string _prefix = Caches.NewPrefix();
    private readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("oxcache-stale-log");
    private readonly DirectoryInfo _atTheKill = Directory.CreateTempSubdirectory("oxcache-stale-log");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        _logs.Delete(recursive: true);
        _atTheKill.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [SkippableTheory]
    [InlineData(ServerKind.Garnet, true)]
    [InlineData(ServerKind.Garnet, false)]
    [InlineData(ServerKind.Redis, true)]
    [InlineData(ServerKind.Redis, false)]
    public async Task A_set_that_is_left_in_it_harms_no_later_one_of_the_same_process(ServerKind kind, bool hadReachedRedis)
    {
        var later = await ReplayAsync(kind, hadReachedRedis, things => things.SetAsync("k", "earlier").AsTask(), things => things.SetAsync("k", "later").AsTask());
        Assert.Equal("later", later);
    }

    [SkippableTheory]
    [InlineData(ServerKind.Garnet, true)]
    [InlineData(ServerKind.Garnet, false)]
    [InlineData(ServerKind.Redis, true)]
    [InlineData(ServerKind.Redis, false)]
    public async Task Nor_does_a_delete(ServerKind kind, bool hadReachedRedis)
    {
        var later = await ReplayAsync(kind, hadReachedRedis, things => things.DeleteAsync("k").AsTask(), things => things.SetAsync("k", "later").AsTask());
        Assert.Equal("later", later);
    }

    [SkippableTheory]
    [InlineData(ServerKind.Garnet, true)]
    [InlineData(ServerKind.Garnet, false)]
    [InlineData(ServerKind.Redis, true)]
    [InlineData(ServerKind.Redis, false)]
    public async Task A_set_that_is_left_in_it_does_not_undo_a_later_delete_of_the_same_process(ServerKind kind, bool hadReachedRedis)
    {
        var later = await ReplayAsync(kind, hadReachedRedis, things => things.SetAsync("k", "earlier").AsTask(), things => things.DeleteAsync("k").AsTask());
        Assert.Null(later);
    }

    /// <summary>What stands in Redis when another process has replayed a log that knows of the first write alone.</summary>
    private async Task<string?> ReplayAsync(ServerKind kind, bool hadReachedRedis, Func<ICacheClient, Task> write, Func<ICacheClient, Task> writeLater)
    {
        var url = await ServerPool.UrlAsync(kind);
        await using var proxy = new TcpProxy(url);
        if (!hadReachedRedis)
        {
            proxy.Refuse();
        }

        await using (var killed = await Options(proxy, _logs).StartAsync())
        {
            proxy.Refuse();
            await Eventually.Is(() => killed.Parts[0].Remote!.IsCutOff);
            await write(killed.Things());
            foreach (var file in _logs.GetFiles("*.wal"))
            {
                file.CopyTo(Path.Combine(_atTheKill.FullName, file.Name));
            }

            proxy.Heal();
            await Eventually.Is(() => !killed.Parts[0].Remote!.IsCutOff);
            await killed.WhenIdleAsync();
            await writeLater(killed.Things());
        }

        var options = Options(proxy, _atTheKill);
        await using var next = await options.StartAsync();
        await next.Parts[0].Pending!.WhenEmptyAsync();
        Assert.Single(((LogCollector)options.LoggerFactory!).Texts(40));
        await using var reader = await Caches.Remote(url, _prefix).StartAsync();
        return await reader.Things().GetAsync<string>("k");
    }

    private OxcacheOptions Options(TcpProxy proxy, DirectoryInfo logs)
    {
        var options = Caches.TwoLevel(proxy.Url, _prefix);
        options.HealthCheckInterval = TimeSpan.FromSeconds(1);
        options.WalDir = logs.FullName;
        return options;
    }
}
