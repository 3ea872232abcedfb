using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Chaos;

/// <summary>A process of the application that is stopped in its tracks (SIGSTOP), as when its machine is suspended, and goes on later.</summary>
public sealed class StoppedProcessTests
{
    [SkippableTheory]
    [EachServer]
    public async Task What_changed_while_it_stood_is_not_served_and_what_it_was_loading_is_not_stored(ServerKind kind)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no SIGSTOP.");
        var folder = Directory.CreateTempSubdirectory("oxcache-puppet");
        var url = await ServerPool.UrlAsync(kind);
        var prefix = Caches.NewPrefix();
        await using (var other = await Caches.TwoLevel(url, prefix).StartAsync())
        using (var puppet = new Puppet(await ConfigureAsync(folder, url, prefix)))
        {
            await puppet.AskAsync("set changed old");
            await puppet.AskAsync("set deleted old");
            Assert.Equal("old", await puppet.AskAsync("get changed"));
            await puppet.AskAsync("load loading");
            puppet.Freeze();
            await other.Things().SetAsync("changed", "new");
            await other.Things().DeleteAsync("deleted");
            await other.Things().DeleteAsync("loading");

            // So long that its heartbeats have failed by its own clock, too.
            await Task.Delay(TimeSpan.FromSeconds(2));
            puppet.Thaw();

            Assert.Equal("old", await puppet.AskAsync("finish old"));
            await Eventually.Async(async () => await puppet.AskAsync("get changed") == "new");
            await Eventually.Async(async () => await puppet.AskAsync("get deleted") == PuppetProgram.Nothing);
            Assert.Equal(PuppetProgram.Nothing, await puppet.AskAsync("get loading"));
            Assert.Null(await other.Things().GetAsync<string>("loading"));
            await Eventually.Async(async () =>
            {
                await puppet.AskAsync("set again new");
                return await other.Things().GetAsync<string>("again") == "new";
            });
        }

        folder.Delete(recursive: true);
    }

    private static async Task<string> ConfigureAsync(DirectoryInfo folder, string url, string prefix)
    {
        var path = Path.Combine(folder.FullName, "config.toml");
        await File.WriteAllTextAsync(path, $"""
            [global]
            key_prefix = "{prefix}"
            wal_dir = '{folder.FullName}'

            [services.{Caches.Service}]
            coherence_max_age = 3

            [services.{Caches.Service}.l2]
            connection_string = "{url}"
            command_timeout_ms = 10000
            """);
        return path;
    }
}
