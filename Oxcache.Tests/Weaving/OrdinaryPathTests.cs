using System.Globalization;
using Oxcaching.Tests.FrontDoor;
using Oxcaching.Tests.TestSupport;
using Oxcaching.Weaving;

namespace Oxcaching.Tests.Weaving;

/// <summary>The path without a front: the key is built on the stack and looked up there. It must meet what was stored under a string.</summary>
[Collection(StaticCache.Name)]
public sealed class OrdinaryPathTests : IAsyncLifetime
{
    private static readonly string[] Alphabets = ["abcdefghij", "äöüßéèñçøå", "漢字仮名交文日本語国", "\0\u0001\uFFFF\uFEFFa\0b\uFFFEc\0"];

    private readonly CachedMethod<string> _site = new("things", "Tests.Get", 0, CacheType.Inherit, cacheNull: true);

    public async Task InitializeAsync()
    {
        Oxcache.Init(Caches.Local());

        // A site meets its service by its first call.
        await Load("the first call");
    }

    public Task DisposeAsync() => Oxcache.ShutdownAsync();

    /// <summary>In one piece, in two, and character by character: the pieces are nobody's business.</summary>
    [Fact]
    public async Task What_was_set_under_a_key_of_any_length_is_found_however_the_call_builds_the_key()
    {
        var things = Oxcache.GetClient("things");
        foreach (var key in Keys())
        {
            await things.SetAsync(key, key);

            Assert.Equal(key, Found(key));
            Assert.Equal(key, Found(key[..(key.Length / 2)], key[(key.Length / 2)..]));
            Assert.Equal(key, Found([.. key.Select(character => character.ToString())]));
        }
    }

    [Fact]
    public async Task What_a_call_stored_is_found_and_deleted_by_its_key()
    {
        var things = Oxcache.GetClient("things");
        foreach (var key in Keys())
        {
            Assert.Equal(key, await Load(key));
            Assert.Equal(key, await things.GetAsync<string>(key));
            Assert.True(await things.DeleteAsync(key));
            Assert.Null(Found(key));
        }
    }

    [Fact]
    public async Task Keys_with_the_same_beginning_or_end_are_told_apart()
    {
        var things = Oxcache.GetClient("things");
        foreach (var key in Keys())
        {
            await things.SetAsync(key, key);
        }

        foreach (var key in Keys())
        {
            Assert.Equal(key, Found(key));
            Assert.Null(Found("+", key));
            Assert.Null(Found(key, "+"));
            for (var at = 0; at < key.Length; at++)
            {
                Assert.Null(Found(key[..at], "+", key[(at + 1)..]));
            }
        }
    }

    [Fact]
    public async Task Numbers_of_every_length_find_what_was_set_under_their_text()
    {
        var things = Oxcache.GetClient("things");
        for (var number = 1L; number > 0; number = unchecked(number * 7 + 3))
        {
            foreach (var signed in new[] { number, -number })
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"user_{signed}/x");
                await things.SetAsync(text, text);
                var key = new CacheKeyBuilder("user_");
                key.AppendText(signed);
                key.AppendLiteral("/x");

                Assert.True(_site.TryGetTask(ref key, out var hit));
                Assert.Equal(text, await hit);
            }
        }
    }

    /// <summary>More threads than processors, on keys that come and go: each call gets its own key's value, whoever stores or deletes.</summary>
    [Fact]
    public async Task Concurrent_calls_of_many_keys_each_get_their_own_value()
    {
        const int Workers = 8;
        const int Calls = 40_000;
        Oxcache.Init(Caches.Local(service => service.L1.MaxCapacity = 50));
        var things = Oxcache.GetClient("things");
        var keys = Keys().ToArray();
        var seed = Environment.TickCount;

        var wrong = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var random = new Random(seed + worker);
            var others = 0;
            for (var i = 0; i < Calls; i++)
            {
                var key = keys[random.Next(keys.Length)];
                if (random.Next(100) == 0)
                {
                    await things.DeleteAsync(key);
                }

                others += await Call(key) == key ? 0 : 1;
            }

            return others;
        })));

        Assert.All(wrong, others => Assert.True(others == 0, $"seed {seed}: {others} calls got the value of another key"));
    }

    /// <summary>Lengths from 1 to 64, and some beyond the buffer on the stack; many are the beginnings of others.</summary>
    private static IEnumerable<string> Keys() =>
        from alphabet in Alphabets
        from length in Enumerable.Range(1, 64).Concat([127, 128, 129, 300])
        select string.Concat(Enumerable.Repeat(alphabet, length / alphabet.Length + 1))[..length];

    private static CacheKeyBuilder Build(params string[] pieces)
    {
        var key = new CacheKeyBuilder(pieces[0]);
        foreach (var piece in pieces[1..])
        {
            key.AppendLiteral(piece);
        }

        return key;
    }

    private string? Found(params string[] pieces)
    {
        var key = Build(pieces);
        if (_site.TryGetTask(ref key, out var hit))
        {
            return hit.Result;
        }

        key.Release();
        return null;
    }

    private Task<string> Call(string text)
    {
        var key = Build(text);
        return _site.TryGetTask(ref key, out var hit) ? hit : _site.InvokeAsTask(ref key, new TextCall(text), default);
    }

    private Task<string> Load(string text)
    {
        var key = Build(text);
        return _site.InvokeAsTask(ref key, new TextCall(text), default);
    }

    private readonly struct TextCall(string text) : ICachedCall<string>
    {
        public ValueTask<string> InvokeAsync(CancellationToken cancellationToken) => new(text);
    }
}
