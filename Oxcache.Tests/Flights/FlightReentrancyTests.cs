using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Flights;

/// <summary>Bodies that call cached methods themselves.</summary>
public sealed class FlightReentrancyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_body_that_asks_for_its_own_key_runs_it_directly()
    {
        await using var manager = await Caches.Local().StartAsync();

        async ValueTask<int> Factorial(int n, CancellationToken ct) =>
            n == 0 ? 1 : n * await manager.Things().GetOrSetAsync("k", inner => Factorial(n - 1, inner), ct: ct);

        Assert.Equal(120, await manager.Things().GetOrSetAsync("k", ct => Factorial(5, ct)).AsTask().WaitAsync(Patience));
        Assert.Equal(120, await manager.Things().GetAsync<int>("k"));
    }

    [Fact]
    public async Task A_body_that_asks_for_its_own_key_through_another_does_not_wait_for_itself()
    {
        await using var manager = await Caches.Local().StartAsync();
        var things = manager.Things();

        var value = await things.GetOrSetAsync(
            "a", async ct => "a" + await things.GetOrSetAsync(
                "b", async ct2 => "b" + await things.GetOrSetAsync("a", _ => new ValueTask<string>("direct"), ct: ct2), ct: ct)).AsTask().WaitAsync(Patience);

        Assert.Equal("abdirect", value);
    }

    [Fact]
    public async Task Of_two_flights_that_wait_for_each_other_the_later_runs_directly()
    {
        await using var manager = await Caches.Local().StartAsync();
        var things = manager.Things();
        using var bothRun = new Barrier(2);

        Task<string> Load(string own, string other) => Task.Run(() => things.GetOrSetAsync(
            own,
            async ct =>
            {
                await Task.Run(bothRun.SignalAndWait, ct);
                return own + await things.GetOrSetAsync(other, _ => new ValueTask<string>("!"), ct: ct);
            }).AsTask());

        var results = await Task.WhenAll(Load("a", "b"), Load("b", "a")).WaitAsync(Patience);

        Assert.Contains(results, r => r is "a!" or "b!");
        Assert.Contains(results, r => r is "ab!" or "ba!");
    }

    [Fact]
    public async Task A_task_that_a_body_left_behind_joins_flights_like_any_caller()
    {
        await using var manager = await Caches.Local().StartAsync();
        var things = manager.Things();
        var later = new TaskCompletionSource();
        Task<int>? background = null;
        await things.GetOrSetAsync("a", _ =>
        {
            background = Task.Run(async () =>
            {
                await later.Task;
                return await things.GetOrSetAsync("b", _ => new ValueTask<int>(2));
            });
            return new ValueTask<int>(1);
        });

        later.SetResult();
        Assert.Equal(2, await background!.WaitAsync(Patience));
        Assert.Equal(2, await things.GetAsync<int>("b"));
    }
}
