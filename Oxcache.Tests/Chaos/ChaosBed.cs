using System.Diagnostics;
using System.Runtime.CompilerServices;
using Oxcaching.Tests.Faults;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using Xunit.Abstractions;

namespace Oxcaching.Tests.Chaos;

/// <summary>Two instances of an application before a Redis to which something happens, and what their callers are promised meanwhile.</summary>
/// <remarks>The first is behind a proxy. It writes; the other only reads and loads.</remarks>
internal sealed class ChaosBed : IAsyncDisposable
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>For a machine that is busy. Whoever waits for something else than his command waits for longer.</summary>
    private static readonly TimeSpan Allowance = TimeSpan.FromSeconds(1);

    private readonly string _prefix = Caches.NewPrefix();
    private readonly List<CacheManager> _managers = [];
    private readonly ITestOutputHelper _output;
    private (TimeSpan Time, string Call) _longest = (TimeSpan.Zero, "");
    private int _calls;

    private ChaosBed(RedisServer server, ITestOutputHelper output)
    {
        Server = server;
        Proxy = new TcpProxy(server.Url);
        _output = output;
    }

    public RedisServer Server { get; }

    public TcpProxy Proxy { get; }

    public ICacheClient One => _managers[0].Things();

    public ICacheClient Other => _managers[1].Things();

    public static async Task<ChaosBed> StartAsync(ServerKind kind, ITestOutputHelper output) =>
        await StartAsync(await ServerPool.StartOwnAsync(kind), output);

    /// <param name="server">Is the bed's from now on.</param>
    /// <param name="output">Where it tells what it saw.</param>
    public static async Task<ChaosBed> StartAsync(RedisServer server, ITestOutputHelper output)
    {
        var bed = new ChaosBed(server, output);
        foreach (var url in new[] { bed.Proxy.Url, server.Url })
        {
            var options = Caches.TwoLevel(url, bed._prefix, service => service.L2.CommandTimeout = CommandTimeout);
            options.HealthCheckInterval = TimeSpan.FromSeconds(1);
            bed._managers.Add(await options.StartAsync());
        }

        await bed.PrepareAsync();
        return bed;
    }

    /// <summary>While something is wrong: no call throws, waits for long or gets anything but what was written here or what the body makes.</summary>
    public async Task LiveThroughAsync(TimeSpan time)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < time;)
        {
            await CallAsync(() => One.SetAsync("changed", "during"));
            await CallAsync(() => One.SetAsync("new", "during"));
            await CallAsync(async () => await One.DeleteAsync("deleted"));
            await CallAsync(async () => Assert.Equal("during", await One.GetAsync<string>("changed")));
            await CallAsync(async () => Assert.Null(await One.GetAsync<string>("deleted")));
            await CallAsync(async () => Assert.True(await One.ExistsAsync("new")));
            foreach (var instance in new[] { One, Other })
            {
                var key = $"loaded {_calls}";
                await CallAsync(async () => Assert.Equal("made", await instance.GetOrSetAsync(key, _ => new ValueTask<string>("made"))));
                await CallAsync(async () => Assert.Contains(await instance.GetAsync<string>("kept"), new[] { "before", null }));
            }
        }
    }

    /// <summary>When all is well again it comes back by itself: what was written arrives, and all instances read the same.</summary>
    /// <param name="keepsData">Whether Redis has what it had.</param>
    public async Task RecoverAsync(bool keepsData)
    {
        var watch = Stopwatch.StartNew();
        foreach (var manager in _managers)
        {
            await Eventually.Is(() => !manager.Parts[0].Remote!.IsCutOff);
            await Eventually.Is(() => manager.Parts[0].Channel!.AgeLimit is null);
            await manager.Parts[0].Pending!.WhenEmptyAsync();
        }

        await AgreeAsync("changed", "during");
        await AgreeAsync("new", "during");
        await AgreeAsync("deleted", null);
        _output.WriteLine(
            $"{_calls} calls, none longer than {_longest.Time.TotalMilliseconds:0} ms ({_longest.Call}); all instances agree {watch.Elapsed.TotalMilliseconds:0} ms after the end of it.");
        if (keepsData)
        {
            await AgreeAsync("kept", "before");
        }

        await Other.SetAsync("kept", "after");
        await AgreeAsync("kept", "after");
    }

    /// <summary>Waits until every instance reads that, one with an empty memory too.</summary>
    public async Task AgreeAsync(string key, string? value)
    {
        await using var reader = await Caches.Remote(Server.Url, _prefix).StartAsync();
        foreach (var client in new[] { reader.Things(), One, Other })
        {
            await Eventually.Async(async () => await client.GetAsync<string>(key) == value);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Proxy.Heal();
        foreach (var manager in _managers)
        {
            await manager.ShutdownAsync(TimeSpan.Zero);
        }

        await Proxy.DisposeAsync();
        Server.Dispose();
    }

    /// <summary>Fills it; and each kind of call is made once, so that no time is spent on compiling it later, here or in the server.</summary>
    private async Task PrepareAsync()
    {
        foreach (var key in new[] { "kept", "changed", "deleted" })
        {
            await Eventually.Async(async () =>
            {
                await One.SetAsync(key, "before");
                return await Other.GetAsync<string>(key) == "before";
            });
        }

        foreach (var instance in new[] { One, Other })
        {
            await instance.GetOrSetAsync("warm-up", _ => new ValueTask<string>("made"));
            await instance.SetAsync("warm-up", "before");
            await instance.ExistsAsync("warm-up");
            await instance.DeleteAsync("warm-up");
        }
    }

    private async Task CallAsync(Func<ValueTask> call, [CallerArgumentExpression(nameof(call))] string what = "")
    {
        var watch = Stopwatch.StartNew();
        await call();
        _calls++;
        _longest = watch.Elapsed > _longest.Time ? (watch.Elapsed, what) : _longest;
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, CommandTimeout + Allowance);
    }
}
