using Oxcaching.Tests.Clients;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Flights;

/// <summary>Concurrent callers of one cold key.</summary>
public sealed class SingleFlightTests
{
    private const int Callers = 1000;

    public static TheoryData<CacheType> Types => [CacheType.L1, CacheType.L2, CacheType.TwoLevel];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_thousand_callers_of_a_cold_key_run_the_body_once(CacheType type)
    {
        await using var manager = await StartAsync(type);
        var body = new HeldBody<Thing>();
        var calls = Call(manager, body);
        await body.Running;
        body.Return(new Thing(1, "one"));

        Assert.All(await Task.WhenAll(calls), thing => Assert.Equal("one", thing.Name));
        Assert.Equal(1, body.Runs);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task An_exception_reaches_all_who_wait_and_the_next_call_runs_the_body_again(CacheType type)
    {
        await using var manager = await StartAsync(type);
        var body = new HeldBody<Thing>();
        var calls = Call(manager, body);
        await body.Running;
        var thrown = new InvalidOperationException("no such thing");
        body.Throw(thrown);

        foreach (var call in calls)
        {
            var caught = await Assert.ThrowsAsync<InvalidOperationException>(() => call);
            Assert.Same(thrown, caught);
            Assert.Contains(nameof(HeldBody<Thing>), caught.StackTrace);
        }

        Assert.Equal(1, body.Runs);
        Assert.Equal(5, await manager.Things().GetOrSetAsync("k", _ => new ValueTask<int>(5)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task When_all_but_one_caller_leave_that_one_gets_the_value(CacheType type)
    {
        await using var manager = await StartAsync(type);
        var body = new HeldBody<Thing>();
        using var leaving = new CancellationTokenSource();
        var left = Call(manager, body, Callers - 1, leaving.Token);
        var stayed = Assert.Single(Call(manager, body, 1));
        await body.Running;

        await leaving.CancelAsync();
        foreach (var call in left)
        {
            var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            Assert.Equal(leaving.Token, e.CancellationToken);
        }

        Assert.False(body.Token.IsCancellationRequested);
        body.Return(new Thing(1, "one"));
        Assert.Equal("one", (await stayed).Name);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task When_all_callers_leave_the_bodys_token_is_cancelled_and_the_key_is_free(CacheType type)
    {
        await using var manager = await StartAsync(type);
        var body = new HeldBody<Thing>();
        using var leaving = new CancellationTokenSource();
        var left = Call(manager, body, Callers, leaving.Token);
        await body.Running;

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(left));
        Assert.True(body.Token.IsCancellationRequested);

        Assert.Equal(new Thing(2, "two"), await manager.Things().GetOrSetAsync("k", _ => new ValueTask<Thing>(new Thing(2, "two"))));
        body.Return(new Thing(1, "one"));
        await manager.WhenIdleAsync();
        Assert.Equal(new Thing(2, "two"), await manager.Things().GetAsync<Thing>("k"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_body_that_throws_before_its_first_await_frees_the_key(CacheType type)
    {
        await using var manager = await StartAsync(type);
        for (var i = 0; i < 3; i++)
        {
            var call = manager.Things().GetOrSetAsync<int>("k", _ => throw new InvalidOperationException("at once"));
            var e = await Assert.ThrowsAsync<InvalidOperationException>(() => call.AsTask());
            Assert.Equal("at once", e.Message);
        }
    }

    [Fact]
    public async Task All_exceptions_of_a_body_arrive_and_a_cancellation_arrives_as_one()
    {
        await using var manager = await StartAsync(CacheType.L1);
        var several = new TaskCompletionSource<int>();
        several.SetException([new InvalidOperationException("a"), new FormatException("b")]);
        var call = manager.Things().GetOrSetAsync("k", _ => new ValueTask<int>(several.Task)).AsTask();
        await Assert.ThrowsAsync<InvalidOperationException>(() => call);
        Assert.Equal(2, call.Exception!.InnerExceptions.Count);

        var own = new CancellationToken(canceled: true);
        var cancelled = manager.Things().GetOrSetAsync("k", _ => new ValueTask<int>(Task.FromCanceled<int>(own))).AsTask();
        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.True(cancelled.IsCanceled);
        Assert.Equal(own, e.CancellationToken);
    }

    [Fact]
    public async Task The_body_runs_without_the_callers_SynchronizationContext_and_with_his_AsyncLocals()
    {
        await using var manager = await StartAsync(CacheType.L1);
        var local = new AsyncLocal<string> { Value = "mine" };
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
        try
        {
            var call = manager.Things().GetOrSetAsync("k", _ => new ValueTask<string>($"{SynchronizationContext.Current is null} {local.Value}"));
            Assert.Equal("True mine", await call);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_set_during_a_load_stays(CacheType type)
    {
        await using var manager = await StartAsync(type);
        var body = new HeldBody<Thing>();
        var call = Assert.Single(Call(manager, body, 1));
        await body.Running;

        await manager.Things().SetAsync("k", new Thing(2, "set"));
        body.Return(new Thing(1, "loaded"));

        Assert.Equal("loaded", (await call).Name);
        await manager.WhenIdleAsync();
        Assert.Equal("set", (await manager.Things().GetAsync<Thing>("k"))!.Name);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_delete_during_a_load_makes_later_callers_start_afresh(CacheType type)
    {
        await using var manager = await StartAsync(type);
        var body = new HeldBody<Thing>();
        var call = Assert.Single(Call(manager, body, 1));
        await body.Running;

        await manager.Things().DeleteAsync("k");
        Assert.Equal("fresh", (await manager.Things().GetOrSetAsync("k", _ => new ValueTask<Thing>(new Thing(2, "fresh")))).Name);
        body.Return(new Thing(1, "loaded"));

        Assert.Equal("loaded", (await call).Name);
        await manager.WhenIdleAsync();
        Assert.Equal("fresh", (await manager.Things().GetAsync<Thing>("k"))!.Name);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task What_a_clear_overtakes_is_stored_nowhere(CacheType type)
    {
        await using var manager = await StartAsync(type);
        var body = new HeldBody<Thing>();
        var call = Assert.Single(Call(manager, body, 1));
        await body.Running;

        await manager.Things().ClearAsync();
        body.Return(new Thing(1, "loaded"));

        Assert.Equal("loaded", (await call).Name);
        await manager.WhenIdleAsync();
        Assert.False(await manager.Things().ExistsAsync("k"));
    }

    private static Task<Thing>[] Call(CacheManager manager, HeldBody<Thing> body, int callers = Callers, CancellationToken ct = default) =>
        [.. Enumerable.Range(0, callers).Select(_ => manager.Things().GetOrSetAsync("k", body.RunAsync, ct: ct).AsTask())];

    private static async Task<CacheManager> StartAsync(CacheType type)
    {
        var url = type == CacheType.L1 ? "" : await ServerPool.UrlAsync();
        var options = type switch
        {
            CacheType.L1 => Caches.Local(),
            CacheType.L2 => Caches.Remote(url),
            _ => Caches.TwoLevel(url),
        };
        return await options.StartAsync();
    }
}
