namespace Oxcaching.Tests.Servers;

/// <summary>Where servers come from: Garnet's package, the PATH, an image. Each has one server that tests share.</summary>
public sealed class ServerSource
{
    private static readonly string[] OfficialImages = ["redis:8", "redis:7.4", "valkey/valkey:8"];

    private readonly Func<ServerSetup, Task<ITestServer>> _start;
    private readonly Lazy<Task<ITestServer>> _shared;

    private ServerSource(string name, Func<ServerSetup, Task<ITestServer>> start)
    {
        Name = name;
        _start = start;
        _shared = new(() => start(ServerSetup.Usual));
    }

    public static ServerSource Garnet { get; } = new("Garnet", async setup => await RedisServer.StartAsync(ServerKind.Garnet, setup));

    public static ServerSource RedisServerProgram { get; } = new("redis-server", StartProgramAsync);

    /// <summary>Those of <c>OXCACHE_TEST_IMAGES</c>, which are separated by commas.</summary>
    public static IReadOnlyList<ServerSource> Images { get; } = [.. ImageNames().Select(OfImage)];

    public static IReadOnlyList<ServerSource> All { get; } = [Garnet, RedisServerProgram, .. Images];

    public string Name { get; }

    public static ServerSource Named(string name) => All.Single(source => source.Name == name);

    public static ServerSource OfImage(string image) => new($"image {image}", setup => ContainerServer.StartAsync(image, setup));

    /// <summary>The one that is shared.</summary>
    public Task<ITestServer> SharedAsync() => _shared.Value;

    /// <summary>Why there are none; null if there are. Found out once, by starting the one that is shared.</summary>
    public async Task<string?> MissingAsync()
    {
        try
        {
            await SharedAsync();
            return null;
        }
        catch (Exception e)
        {
            return $"{Name}: {e.Message.ReplaceLineEndings(" ").Trim()}";
        }
    }

    /// <summary>Another.</summary>
    public Task<ITestServer> StartAsync(ServerSetup setup) => _start(setup);

    /// <summary>Ends the one that is shared, if it was ever started.</summary>
    public void Stop()
    {
        if (_shared is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            _shared.Value.Result.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    public override string ToString() => Name;

    private static async Task<ITestServer> StartProgramAsync(ServerSetup setup) => RedisServer.Missing(ServerKind.Redis) is { } reason
        ? throw new InvalidOperationException(reason)
        : await RedisServer.StartAsync(ServerKind.Redis, setup);

    private static string[] ImageNames() => Environment.GetEnvironmentVariable("OXCACHE_TEST_IMAGES") is { Length: > 0 } names
        ? names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : OfficialImages;
}
