using System.Text.Json;
using System.Text.Json.Serialization;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using StackExchange.Redis;

namespace Oxcaching.Tests.Clients;

/// <summary>What is in Redis under our keys: read where it can be, never an exception where it cannot.</summary>
public sealed class PayloadTests
{
    [SkippableTheory]
    [EachServer]
    public async Task Text_that_somebody_else_wrote_is_a_miss_and_gets_overwritten(ServerKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await world.Redis.StringSetAsync(world.Key("k"), "not ours");

        await world.AssertMissThenOverwrittenAsync("k");
        Assert.Single(world.Logs.Texts(20));
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_list_that_somebody_else_wrote_is_a_miss_and_gets_overwritten(ServerKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await world.Redis.ListRightPushAsync(world.Key("k"), "not ours");

        await world.AssertMissThenOverwrittenAsync("k");
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_record_of_which_one_byte_was_changed_is_a_miss_and_gets_overwritten(ServerKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await world.Things.SetAsync("k", "value");
        var record = (byte[])(await world.Redis.StringGetAsync(world.Key("k")))!;
        for (var at = 0; at < record.Length; at++)
        {
            var changed = (byte[])record.Clone();
            changed[at] ^= 0x40;
            await world.Redis.StringSetAsync(world.Key("k"), changed);
            var read = await world.Things.TryGetAsync<string>("k");
            Assert.True(!read.Found || read.Value == "value", $"byte {at}: read '{read.Value}'");
        }

        await world.Redis.StringSetAsync(world.Key("k"), record[..^1]);
        await world.AssertMissThenOverwrittenAsync("k");
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_record_with_a_version_that_no_clock_reaches_is_overwritten(ServerKind kind)
    {
        await using var world = await World.StartAsync(kind);
        foreach (var version in new[] { "9999999999999999", "99999999999999999" })
        {
            await world.Redis.StringSetAsync(world.Key("k"), $"ox1{version}V0123456789abcdef{version}0000000000{version}xyz");
            Assert.False(await world.Things.ExistsAsync("k"));
            await world.AssertMissThenOverwrittenAsync("k");
            await world.Things.DeleteAsync("k");
        }
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_key_of_any_length_and_with_any_characters_is_kept_apart(ServerKind kind)
    {
        await using var world = await World.StartAsync(kind);
        string[] keys =
        [
            "k", "K", " ", "*", "a b\r\nc", "{x}", "ключ", new('x', 512), new('x', 513), new('x', 514), new('я', 256), new('я', 257),
            new('x', 100_000), "\ud800", "\ud801", "\ufffd", "a:b", "#",
        ];
        for (var i = 0; i < keys.Length; i++)
        {
            await world.Things.SetAsync(keys[i], i);
        }

        for (var i = 0; i < keys.Length; i++)
        {
            Assert.Equal(i, await world.Things.GetAsync<int>(keys[i]));
            Assert.True(await world.Things.ExistsAsync(keys[i]));
            Assert.True(await world.Things.DeleteAsync(keys[i]));
        }
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_short_key_that_looks_like_a_hashed_one_does_not_read_its_value(ServerKind kind)
    {
        await using var world = await World.StartAsync(kind);
        await world.Things.SetAsync(new string('x', 600), "long");
        var hashed = (await world.Redis.ExecuteScanAsync(world.Key("*"))).Single()[world.Key("").Length..];

        Assert.StartsWith("#", hashed);
        Assert.False((await world.Things.TryGetAsync<string>(hashed)).Found);
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_value_over_max_value_size_is_not_sent_and_deletes_what_was_there(ServerKind kind)
    {
        await using var world = await World.StartAsync(kind, service => service.L2.MaxValueSize = 1000);
        await world.Things.SetAsync("k", "small");
        await world.Things.SetAsync("k", new string('x', 1000));
        await world.Things.SetAsync("k2", new string('x', 1000));

        Assert.False(await world.Things.ExistsAsync("k"));
        var logged = Assert.Single(world.Logs.Texts(22));
        Assert.Equal("Service things: 'k' has 1002 bytes, over max_value_size = 1000, and is not stored in L2. Logged once for this service.", logged);
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_value_of_a_megabyte_comes_back(ServerKind kind)
    {
        await using var world = await World.StartAsync(kind);
        var large = new string('x', 1024 * 1024);
        await world.Things.SetAsync("k", large);

        Assert.Equal(large, await world.Things.GetAsync<string>("k"));
    }

    [Fact]
    public async Task A_value_that_cannot_be_serialized_is_returned_and_not_stored()
    {
        await using var world = await World.StartAsync(ServerKind.Garnet);
        var loop = new Loop();
        loop.Self = loop;

        Assert.Same(loop, await world.Things.GetOrSetAsync("k", _ => new ValueTask<Loop>(loop)));
        await world.Things.SetAsync("k", loop);

        Assert.False(await world.Things.ExistsAsync("k"));
        Assert.Single(world.Logs.Texts(21));
    }

    [Fact]
    public async Task The_applications_own_JSON_options_are_used()
    {
        var options = new JsonSerializerOptions { Converters = { new ShoutingConverter() } };
        await using var world = await World.StartAsync(ServerKind.Garnet, json: options);
        await world.Things.SetAsync("k", "quiet");

        Assert.Equal("QUIET", await world.Things.GetAsync<string>("k"));
    }

    [Fact]
    public async Task Clear_takes_a_key_prefix_with_glob_characters_literally()
    {
        var url = await ServerPool.UrlAsync();
        var prefix = Caches.NewPrefix();
        await using var starred = await Caches.Remote(url, prefix + "[a-z]*?\\").StartAsync();
        await using var plain = await Caches.Remote(url, prefix + "axx").StartAsync();
        await starred.Things().SetAsync("k", 1);
        await plain.Things().SetAsync("k", 2);

        await starred.Things().ClearAsync();

        Assert.False(await starred.Things().ExistsAsync("k"));
        Assert.True(await plain.Things().ExistsAsync("k"));
    }

    private sealed class Loop
    {
        public Loop? Self { get; set; }
    }

    private sealed class ShoutingConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToUpperInvariant());
    }

    /// <summary>A service of L2 alone, and a look into its Redis.</summary>
    private sealed class World(CacheManager manager, ConnectionMultiplexer multiplexer, string prefix, LogCollector logs) : IAsyncDisposable
    {
        public ICacheClient Things => manager.Things();

        public LogCollector Logs => logs;

        public IDatabase Redis => multiplexer.GetDatabase();

        public static async Task<World> StartAsync(ServerKind kind, Action<ServiceOptions>? configure = null, JsonSerializerOptions? json = null)
        {
            var url = await ServerPool.UrlAsync(kind);
            var prefix = Caches.NewPrefix();
            var options = Caches.Remote(url, prefix, configure);
            options.JsonSerializerOptions = json;
            var multiplexer = await ConnectionMultiplexer.ConnectAsync(url["redis://".Length..]);
            return new World(await options.StartAsync(), multiplexer, prefix, (LogCollector)options.LoggerFactory!);
        }

        public string Key(string key) => $"{prefix}:{Caches.Service}:{key}";

        public async Task AssertMissThenOverwrittenAsync(string key)
        {
            Assert.False((await Things.TryGetAsync<string>(key)).Found);
            Assert.Equal("loaded", await Things.GetOrSetAsync(key, _ => new ValueTask<string>("loaded")));
            Assert.Equal("loaded", await Things.GetAsync<string>(key));
            await Things.SetAsync(key, "set");
            Assert.Equal("set", await Things.GetAsync<string>(key));
        }

        public async ValueTask DisposeAsync()
        {
            await manager.DisposeAsync();
            multiplexer.Dispose();
        }
    }
}
