using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Limits;

/// <summary>Something that a redis-server does not do for the cache.</summary>
/// <param name="Imposed">Makes it so.</param>
/// <param name="Lifted">Undoes that.</param>
/// <param name="Says">What the sentence for people has in it.</param>
internal sealed record Limit(Func<RedisServer, Task> Imposed, Func<RedisServer, Task> Lifted, string Says)
{
    private const string Everything = "ACL SETUSER default on nopass ~* &* +@all";

    /// <summary>All that stand between the cache and its L2 altogether, by their names.</summary>
    public static IReadOnlyDictionary<string, Limit> All { get; } = new Dictionary<string, Limit>
    {
        ["no scripts"] = By("ACL SETUSER default -@scripting", Everything, "run scripts"),
        ["no keys"] = By("ACL SETUSER default resetkeys ~other:*", Everything, "touch the cache's keys"),
        ["no TIME"] = By("ACL SETUSER default -time", Everything, "+time"),
        ["no SET"] = By("ACL SETUSER default -set -psetex", Everything, "+set"),
        ["read-only"] = By("REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE", "READONLY"),
        ["lost its primary"] = new(
            async server =>
            {
                await TellAsync(server, "CONFIG SET replica-serve-stale-data no");
                await TellAsync(server, "REPLICAOF 127.0.0.1 1");
            },
            server => TellAsync(server, "REPLICAOF NO ONE"),
            "Redis"),
        ["too few replicas"] = By("CONFIG SET min-replicas-to-write 1", "CONFIG SET min-replicas-to-write 0", "NOREPLICAS"),
        ["cannot save"] = new(FailToSaveAsync, server => TellAsync(server, "CONFIG SET stop-writes-on-bgsave-error no"), "MISCONF"),
        ["busy"] = new(
            async server =>
            {
                await TellAsync(server, "CONFIG SET busy-reply-threshold 1");
                _ = RedisConsole.TryAskAsync(server.Port, "EVAL", "while true do end", "0");
                await Eventually.Async(async () => await RedisConsole.TryAskAsync(server.Port, "PING") is null);
            },
            server => TellAsync(server, "SCRIPT KILL"),
            "BUSY"),
        ["loading"] = new(LoadSlowlyAsync, server => Task.CompletedTask, "LOADING"),
    };

    public static Task TellAsync(RedisServer server, string command) => RedisConsole.AskAsync(server.Port, command.Split(' '));

    private static Limit By(string imposed, string lifted, string says) => new(server => TellAsync(server, imposed), server => TellAsync(server, lifted), says);

    private static async Task FailToSaveAsync(RedisServer server)
    {
        var folder = Directory.CreateTempSubdirectory("oxcache-save-");
        await TellAsync(server, $"CONFIG SET dir {folder.FullName}");
        folder.Delete();
        await RedisConsole.AskAsync(server.Port, "CONFIG", "SET", "save", "3600 1000000");
        await RedisConsole.AskAsync(server.Port, "SET", "something", "to save");
        await TellAsync(server, "BGSAVE");
        await Eventually.Async(async () => await RedisConsole.TryAskAsync(server.Port, "SET", "something", "else") is null);
    }

    /// <summary>For as long as a server does that reads a few hundred keys, each of which takes it 10 ms.</summary>
    private static async Task LoadSlowlyAsync(RedisServer server)
    {
        await TellAsync(server, "DEBUG POPULATE 300 filler 10");
        await TellAsync(server, "CONFIG SET key-load-delay 10000");
        await TellAsync(server, "CONFIG SET loading-process-events-interval-bytes 1024");
        _ = RedisConsole.TryAskAsync(server.Port, "DEBUG", "RELOAD");
        await Eventually.Async(async () => await IsLoadingAsync(server));
    }

    private static async Task<bool> IsLoadingAsync(RedisServer server)
    {
        try
        {
            await RedisConsole.AskAsync(server.Port, "GET", "x");
            return false;
        }
        catch (InvalidOperationException e)
        {
            return e.Message.StartsWith("LOADING", StringComparison.Ordinal);
        }
    }
}
