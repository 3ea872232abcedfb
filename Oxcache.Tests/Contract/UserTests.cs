using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Contract;

/// <summary>What an L2 must do: let a user in who may do what the cache needs, and no more than that.</summary>
public sealed class UserTests
{
    private const string User = "app";
    private const string Password = "pw-of-the-app";
    private const int RemoteRefused = 12;

    private static readonly ServerSetup WithUsers = new() { HasUsers = true };

    /// <summary>What the scripts run included.</summary>
    private static readonly string[] Commands =
    [
        "+get", "+getrange", "+set", "+psetex", "+setrange", "+del", "+pttl", "+scan", "+time", "+eval", "+evalsha", "+script|load",
        "+publish", "+subscribe", "+ping", "+echo",
    ];

    [SkippableTheory]
    [EachL2]
    public async Task A_user_who_may_run_no_more_than_these_commands_has_all_of_the_cache(string kind)
    {
        await using var server = await ServerPool.StartOwnAsync(kind, WithUsers);
        await AddUserAsync(server, [.. Commands, "allkeys", .. HasPatterns(kind) ? ["allchannels"] : Array.Empty<string>()]);

        await AssertAllWorksAsync(server, Caches.NewPrefix());
    }

    [SkippableTheory]
    [EachL2]
    public async Task So_has_one_who_may_touch_no_more_than_its_keys_and_its_channel(string kind)
    {
        Skip.IfNot(HasPatterns(kind), $"{kind} knows no rules for keys and channels.");
        await using var server = await ServerPool.StartOwnAsync(kind, WithUsers);
        var prefix = Caches.NewPrefix();
        await AddUserAsync(server, [.. Commands, $"~{prefix}:*", $"&{prefix}:*"]);

        await AssertAllWorksAsync(server, prefix);
    }

    [SkippableTheory]
    [EachL2]
    public async Task A_wrong_password_fails_no_call_and_is_not_shown(string kind)
    {
        await using var server = await ServerPool.StartOwnAsync(kind, WithUsers);
        await AddUserAsync(server, [.. Commands, "allkeys"]);
        var options = Caches.TwoLevel(Url(server, "not-" + Password), configure: HurryUp);
        await using var manager = await options.StartAsync();

        await AssertNoCallFailsAsync(manager.Things());
        await Eventually.Is(() => manager.Health.State == HealthState.Degraded);
        Assert.DoesNotContain(Password, manager.Health.LastError);
        Assert.DoesNotContain(((LogCollector)options.LoggerFactory!).Lines, line => line.Text.Contains(Password, StringComparison.Ordinal));
    }

    [SkippableTheory]
    [EachL2]
    public async Task A_user_who_may_do_nothing_fails_no_call(string kind)
    {
        await using var server = await ServerPool.StartOwnAsync(kind, WithUsers);
        await AddUserAsync(server, []);
        await using var manager = await Caches.TwoLevel(Url(server, Password), configure: HurryUp).StartAsync();

        await AssertNoCallFailsAsync(manager.Things());
        Assert.NotEqual(HealthState.Healthy, manager.Health.State);
        Assert.NotNull(manager.Health.LastError);
    }

    /// <summary>Of what rules can say, Garnet has the commands alone.</summary>
    private static bool HasPatterns(string kind) => kind != ServerSource.Garnet.Name;

    /// <summary>Adds the one user that there is from then on.</summary>
    private static async Task AddUserAsync(ITestServer server, string[] rules)
    {
        await RedisConsole.AskAsync(server.Port, ["ACL", "SETUSER", User, "on", ">" + Password, "-@all", .. rules]);
        await RedisConsole.AskAsync(server.Port, "ACL", "SETUSER", "default", "off");
    }

    private static void HurryUp(ServiceOptions service) => service.L2.ConnectionTimeout = TimeSpan.FromSeconds(2);

    private static string Url(ITestServer server, string password) => $"redis://{User}:{password}@127.0.0.1:{server.Port}";

    private static async Task AssertAllWorksAsync(ITestServer server, string prefix)
    {
        var options = Caches.TwoLevel(Url(server, Password), prefix, service => service.DistributedSingleFlight = true);
        await using var one = await options.StartAsync();
        await using var other = await options.StartAsync();
        await Eventually.Is(() => one.Health.State == HealthState.Healthy && other.Health.State == HealthState.Healthy);

        Assert.Equal("loaded", await one.Things().GetOrSetAsync("loaded", _ => new ValueTask<string>("loaded")));
        await one.WhenIdleAsync();
        await other.Things().SetAsync("loaded", "set");
        await Eventually.Async(async () => await one.Things().GetAsync<string>("loaded") == "set");

        await one.Things().SetManyAsync([KeyValuePair.Create("a", "a"), KeyValuePair.Create("b", "b")]);
        Assert.Equal(2, (await other.Things().GetManyAsync<string>(["a", "b"])).Count);
        Assert.True(await other.Things().ExistsAsync("b"));
        Assert.True(await one.Things().DeleteAsync("a"));
        Assert.Equal("anew", await one.Things().GetOrSetAsync("a", _ => new ValueTask<string>("anew")));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await one.Things().GetOrSetAsync<string>("failing", _ => throw new InvalidOperationException()));
        await one.WhenIdleAsync();
        await using (var taken = await one.Things().TryLockAsync("lock", TimeSpan.FromMinutes(1)))
        {
            Assert.NotNull(taken);
            Assert.Null(await other.Things().TryLockAsync("lock", TimeSpan.FromMinutes(1)));
        }

        await using (var taken = await other.Things().TryLockAsync("lock", TimeSpan.FromMinutes(1)))
        {
            Assert.NotNull(taken);
        }

        await one.Things().ClearAsync();
        Assert.False(await one.Things().ExistsAsync("b"));
        Assert.Empty(((LogCollector)options.LoggerFactory!).Texts(RemoteRefused));
    }

    private static async Task AssertNoCallFailsAsync(ICacheClient things)
    {
        Assert.Equal(1, await things.GetOrSetAsync("k", _ => new ValueTask<int>(1)));
        await things.SetAsync("k2", 2);
        await things.SetL2OnlyAsync("k3", 3);
        Assert.False((await things.TryGetAsync<int>("k4")).Found);
        Assert.False(await things.ExistsAsync("k4"));
        Assert.False(await things.DeleteAsync("k4"));
        await things.ClearAsync();
    }
}
