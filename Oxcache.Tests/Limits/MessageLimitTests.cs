using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Limits;

/// <summary>A user who may not publish, or not subscribe: L2 works, and what the instances tell each other does not arrive.</summary>
public sealed class MessageLimitTests
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    [SkippableTheory]
    [InlineData("resetchannels")]
    [InlineData("-publish")]
    [InlineData("-subscribe")]
    public async Task L2_works_nothing_is_pending_and_L1_serves_nothing_older_than_coherence_max_age(string refused)
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        await Limit.TellAsync(server, $"ACL SETUSER default {refused}");
        var prefix = Caches.NewPrefix();
        var options = Options(server, prefix);
        await using var one = await options.StartAsync();
        await using var other = await Options(server, prefix).StartAsync();

        await one.Things().SetAsync("k", "first");
        Assert.Equal("first", await other.Things().GetAsync<string>("k"));
        await one.Things().SetAsync("k", "second");
        Assert.True(await one.Things().DeleteAsync("k"));
        await one.Things().SetAsync("k", "third");
        Assert.Equal(0, one.Health.PendingWrites);
        await Eventually.Async(async () => await other.Things().GetAsync<string>("k") == "third");

        await Eventually.Is(() => one.Health.Limits.Any(limit => limit.Contains("+publish +subscribe", StringComparison.Ordinal)));
        Assert.Equal(HealthState.Recovering, one.Health.State);
        Assert.Single(((LogCollector)options.LoggerFactory!).Texts(18));
    }

    [SkippableFact]
    public async Task What_is_granted_is_used_and_what_is_taken_back_is_said_again()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        await Limit.TellAsync(server, "ACL SETUSER default resetchannels");
        await using var manager = await Options(server, Caches.NewPrefix()).StartAsync();
        await Eventually.Is(() => manager.Health.Limits.Count == 1);

        await Limit.TellAsync(server, "ACL SETUSER default allchannels");
        await Eventually.Is(() => manager.Health is { State: HealthState.Healthy, Limits.Count: 0 });

        await Limit.TellAsync(server, "ACL SETUSER default resetchannels");
        await Eventually.Is(() => manager.Health is { State: HealthState.Recovering, Limits.Count: 1 });

        await Limit.TellAsync(server, "ACL SETUSER default allchannels");
        await Eventually.Is(() => manager.Health is { State: HealthState.Healthy, Limits.Count: 0 });
    }

    private static OxcacheOptions Options(RedisServer server, string prefix) =>
        Caches.TwoLevel(server.Url, prefix, service => service.CoherenceMaxAge = MaxAge);
}
