using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using Xunit.Abstractions;

namespace Oxcaching.Tests.Chaos;

/// <summary>What can happen to a Redis, and what callers notice of it.</summary>
[Collection(Undisturbed.Name)]
public sealed class ServerChaosTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(1);

    [SkippableTheory]
    [EachServer]
    public async Task Redis_is_killed_and_comes_back_empty(ServerKind kind)
    {
        await using var bed = await ChaosBed.StartAsync(kind, output);
        bed.Server.Kill();
        await bed.LiveThroughAsync(Outage);

        await bed.Server.RestartEmptyAsync();
        await bed.RecoverAsync(keepsData: false);
    }

    [SkippableTheory]
    [EachServer]
    public async Task What_was_written_shortly_before_Redis_was_killed_and_again_while_it_was_away_is_there_when_it_is_back(ServerKind kind)
    {
        const int Keys = 2000;
        await using var bed = await ChaosBed.StartAsync(kind, output);
        await bed.One.SetManyAsync(Enumerable.Range(0, Keys).Select(i => KeyValuePair.Create($"k{i}", "before")));
        bed.Server.Kill();
        await bed.LiveThroughAsync(Outage);
        await bed.One.SetManyAsync(Enumerable.Range(0, Keys).Select(i => KeyValuePair.Create($"k{i}", "during")));

        await bed.Server.RestartEmptyAsync();
        await bed.RecoverAsync(keepsData: false);
        var found = await bed.Other.GetManyAsync<string>(Enumerable.Range(0, Keys).Select(i => $"k{i}"));
        Assert.Equal(Keys, found.Count);
        Assert.All(found.Values, value => Assert.Equal("during", value));
    }

    [SkippableFact]
    public async Task Redis_is_killed_and_comes_back_without_its_last_writes()
    {
        ServerPool.SkipIfMissing(ServerKind.Redis);
        var folder = Directory.CreateTempSubdirectory("oxcache-chaos");
        await using (var bed = await ChaosBed.StartAsync(await RedisServer.StartRedisAsync(RedisServer.FreePort(), folder.FullName), output))
        {
            await bed.One.SetAsync("undone", "before");
            await bed.One.SetAsync("undeleted", "before");
            await RedisConsole.AskAsync(bed.Server.Port, "SAVE");
            await bed.One.SetAsync("undone", "after");
            await bed.One.DeleteAsync("undeleted");
            bed.Server.Kill();
            await bed.LiveThroughAsync(Outage);

            // Its folder has the file that it saved.
            await bed.Server.RestartEmptyAsync();
            await bed.RecoverAsync(keepsData: true);
            await bed.AgreeAsync("undone", null);
            await bed.AgreeAsync("undeleted", null);
        }

        folder.Delete(recursive: true);
    }

    [SkippableTheory]
    [EachServer]
    public async Task Redis_is_frozen_and_thawed(ServerKind kind)
    {
        await using var bed = await ChaosBed.StartAsync(kind, output);
        bed.Server.Freeze();
        await bed.LiveThroughAsync(Outage);

        bed.Server.Thaw();
        await bed.RecoverAsync(keepsData: true);
    }

    [SkippableFact]
    public async Task Redis_pauses_its_clients()
    {
        await using var bed = await ChaosBed.StartAsync(ServerKind.Redis, output);
        await RedisConsole.AskAsync(bed.Server.Port, "CLIENT", "PAUSE", "2000", "ALL");
        await bed.LiveThroughAsync(TimeSpan.FromSeconds(2));

        await bed.RecoverAsync(keepsData: true);
    }

    [SkippableFact]
    public async Task Redis_becomes_a_replica_and_refuses_writes()
    {
        await using var bed = await ChaosBed.StartAsync(ServerKind.Redis, output);
        await RedisConsole.AskAsync(bed.Server.Port, "REPLICAOF", "127.0.0.1", "1");
        await bed.LiveThroughAsync(Outage);

        await RedisConsole.AskAsync(bed.Server.Port, "REPLICAOF", "NO", "ONE");
        await bed.RecoverAsync(keepsData: true);
    }

    [SkippableFact]
    public async Task Redis_gets_a_password_that_we_do_not_have()
    {
        const string Password = "another";
        await using var bed = await ChaosBed.StartAsync(ServerKind.Redis, output);
        await RedisConsole.AskAsync(bed.Server.Port, "CONFIG", "SET", "requirepass", Password);
        foreach (var connections in new[] { "pubsub", "normal" })
        {
            await RedisConsole.AskAsAsync(bed.Server.Port, Password, "CLIENT", "KILL", "TYPE", connections);
        }

        await bed.LiveThroughAsync(Outage);

        await RedisConsole.AskAsAsync(bed.Server.Port, Password, "CONFIG", "SET", "requirepass", "");
        await bed.RecoverAsync(keepsData: true);
    }
}
