using Oxcaching.Tests.Faults;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using Oxcaching.Tests.Writes;

namespace Oxcaching.Tests.Chaos;

/// <summary>Redis is away, and the disk under the write-ahead log is full.</summary>
public sealed class FullDiskTests
{
    private const int Writes = 60;

    /// <summary>The event of a log that cannot be written.</summary>
    private const int JournalDown = 44;

    [SkippableFact]
    public async Task Writes_are_kept_in_memory_and_arrive_when_Redis_is_back()
    {
        using var disk = SmallDisk.Mount();
        await using var proxy = new TcpProxy(await ServerPool.UrlAsync());
        var options = Caches.TwoLevel(proxy.Url);
        options.HealthCheckInterval = TimeSpan.FromSeconds(1);
        options.WalDir = disk.Path;
        await using var manager = await options.StartAsync();
        var things = manager.Things();
        await things.SetAsync("deleted", "before");
        proxy.Refuse();
        await Eventually.Is(() => manager.Parts[0].Remote!.IsCutOff);

        var value = new string('x', 50_000);
        for (var i = 0; i < Writes; i++)
        {
            await things.SetAsync($"k{i}", value + i);
        }

        await things.DeleteAsync("deleted");
        Assert.Single(((LogCollector)options.LoggerFactory!).Texts(JournalDown));
        Assert.Null(await things.GetAsync<string>("deleted"));
        Assert.Equal(value + (Writes - 1), await things.GetAsync<string>($"k{Writes - 1}"));

        proxy.Heal();
        await Eventually.Is(() => !manager.Parts[0].Remote!.IsCutOff);
        await manager.Parts[0].Pending!.WhenEmptyAsync();
        await using var reader = await Caches.Remote(await ServerPool.UrlAsync(), options.KeyPrefix).StartAsync();
        for (var i = 0; i < Writes; i++)
        {
            Assert.Equal(value + i, await reader.Things().GetAsync<string>($"k{i}"));
        }

        Assert.Null(await reader.Things().GetAsync<string>("deleted"));
    }
}
