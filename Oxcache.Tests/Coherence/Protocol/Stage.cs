using System.Diagnostics;
using Oxcaching.Configuration;
using Oxcaching.Local;
using Oxcaching.Tests.Faults;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using StackExchange.Redis;

namespace Oxcaching.Tests.Coherence.Protocol;

/// <summary>Two instances on one Redis, each behind a proxy of its own, for a scenario to be played on.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly string _url;
    private readonly string _prefix;
    private readonly TimeSpan _patience;
    private readonly Func<Task<CacheManager>> _startOne;
    private CacheManager _one;
    private readonly CacheManager _other;

    private Stage(
        string url, string prefix, TimeSpan patience, (CacheManager Manager, TcpProxy Proxy) one, (CacheManager Manager, TcpProxy Proxy) other, Func<Task<CacheManager>> startOne)
    {
        (_url, _prefix, _patience) = (url, prefix, patience);
        (_one, OneProxy) = one;
        (_other, OtherProxy) = other;
        _startOne = startOne;
    }

    public ICacheClient One => _one.Things();

    public ICacheClient Other => _other.Things();

    public TcpProxy OneProxy { get; }

    public TcpProxy OtherProxy { get; }

    public bool OneUp => _one.Parts[0].Channel!.IsUp;

    public bool OneCutOff => _one.Parts[0].Remote!.IsCutOff;

    public int OneEpoch => _one.Parts[0].Channel!.Epoch;

    /// <param name="kind">The server.</param>
    /// <param name="rules">Those that are on.</param>
    /// <param name="patience">How long to wait for what is to come about.</param>
    /// <param name="configure">What the scenario needs of the service.</param>
    public static async Task<Stage> SetAsync(ServerKind kind, ProtocolRules rules, TimeSpan patience, Action<ServiceOptions>? configure)
    {
        var url = await ServerPool.UrlAsync(kind);
        var prefix = Caches.NewPrefix();
        var one = await StartAsync(new TcpProxy(url));
        var stage = new Stage(url, prefix, patience, one, await StartAsync(new TcpProxy(url)), async () => (await StartAsync(one.Proxy)).Manager);
        foreach (var client in new[] { stage.One, stage.Other })
        {
            // A server compiles a script when it first runs it, and that may take longer than a short timeout.
            await client.SetAsync("warm", 1);
            await client.DeleteAsync("warm");
            await client.GetOrSetAsync("warm", _ => new ValueTask<int>(1));
        }

        await stage.SettledAsync();
        return stage;

        async Task<(CacheManager Manager, TcpProxy Proxy)> StartAsync(TcpProxy proxy)
        {
            var options = Caches.TwoLevel(proxy.Url, prefix, service =>
            {
                service.L2.CommandTimeout = TimeSpan.FromSeconds(3);
                configure?.Invoke(service);
            });
            options.Rules = rules;
            options.HealthCheckInterval = TimeSpan.FromSeconds(1);
            return (await options.StartAsync(), proxy);
        }
    }

    public HeldLoad BeginLoad(ICacheClient client, string key, string value) => new(client, key, value);

    /// <summary>Nothing that either has sent is still without an answer.</summary>
    public async Task SettledAsync()
    {
        await _one.WhenIdleAsync();
        await _other.WhenIdleAsync();
    }

    /// <summary>Does something at the other instance, and waits until this one has handled the message about it.</summary>
    public async Task OneHearsAsync(Func<ICacheClient, Task> act)
    {
        var channel = _one.Parts[0].Channel!;
        var before = channel.Handled;
        await act(Other);
        await EventuallyAsync(() => Task.FromResult(channel.Handled > before));
    }

    public async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < _patience, $"Still not so after {_patience}.");
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }
    }

    public Task EventuallyAsync(Func<bool> condition) => EventuallyAsync(() => Task.FromResult(condition()));

    /// <summary>This instance's connection for messages breaks, and stays broken.</summary>
    public Task DeafenAsync()
    {
        OneProxy.Refuse(ConnectionKind.Subscription);
        return EventuallyAsync(() => OneProxy.Count(ConnectionKind.Subscription) == 0);
    }

    /// <summary>It comes back, and messages arrive again.</summary>
    public async Task HearAgainAsync()
    {
        OneProxy.Heal();
        var before = _one.Parts[0].Channel!.Handled;
        await EventuallyAsync(async () =>
        {
            await Other.SetAsync("another", "x");
            return _one.Parts[0].Channel!.Handled > before && OneUp;
        });
    }

    /// <summary>Redis is away for this instance, which knows it.</summary>
    public Task CutOffAsync()
    {
        OneProxy.Refuse();
        return EventuallyAsync(() => OneCutOff);
    }

    /// <summary>This instance, while it is cut off, takes Redis's clock to be so much ahead.</summary>
    public void Mislead(TimeSpan ahead) => _one.Parts[0].Remote!.Clock.Mislead(ahead);

    /// <summary>This instance's process ends, and another takes up its log.</summary>
    public async Task RestartOneAsync()
    {
        await _one.ShutdownAsync(TimeSpan.Zero);
        _one = await _startOne();
    }

    /// <summary>Redis is back for this instance, and has what was pending.</summary>
    public async Task ReplayAsync()
    {
        OneProxy.Heal();
        await EventuallyAsync(() => !OneCutOff);
        await _one.Parts[0].Pending!.WhenEmptyAsync().WaitAsync(_patience);
    }

    public string? InL1OfOne(string key) => _one.Parts[0].Local!.Find(key) is LocalEntry<string> entry ? entry.Value : null;

    /// <summary>What an instance with nothing in its memory reads.</summary>
    public async Task<string?> InRedisAsync(string key)
    {
        await using var third = await Caches.Remote(_url, _prefix).StartAsync();
        return await third.Things().GetAsync<string>(key);
    }

    /// <summary>The record as it stands, to be put back as a failover would.</summary>
    public async Task<byte[]?> RecordAsync(string key)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(_url["redis://".Length..]);
        return await redis.GetDatabase().StringGetAsync(RedisKey(key));
    }

    public async Task PutBackAsync(string key, byte[]? record)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(_url["redis://".Length..]);
        await redis.GetDatabase().StringSetAsync(RedisKey(key), record);
    }

    /// <summary>Its record has outlived its time.</summary>
    public async Task ExpireAsync(string key)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(_url["redis://".Length..]);
        await redis.GetDatabase().KeyDeleteAsync(RedisKey(key));
    }

    public async ValueTask DisposeAsync()
    {
        OneProxy.Heal();
        OtherProxy.Heal();
        await _one.ShutdownAsync(TimeSpan.Zero);
        await _other.ShutdownAsync(TimeSpan.Zero);
        await OneProxy.DisposeAsync();
        await OtherProxy.DisposeAsync();
    }

    private string RedisKey(string key) => $"{_prefix}:{Caches.Service}:{key}";
}
