using Oxcaching.Flights;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Flights;

public sealed class LoadWaitersTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();
    private readonly LoadWaiters _waiters;

    public LoadWaitersTests() => _waiters = new LoadWaiters(_time);

    [Fact]
    public async Task All_who_wait_for_a_key_are_woken_and_nobody_else()
    {
        var waits = new[] { Wait("k"), Wait("k") };
        var other = Wait("other");
        _waiters.Wake("k");
        await Task.WhenAll(waits);
        Assert.False(other.IsCompleted);

        _waiters.Wake("other");
        await other;
    }

    [Fact]
    public async Task Nobody_waits_longer_than_he_would()
    {
        var wait = Wait("k");
        _time.Advance(Longest);
        await wait;
    }

    [Fact]
    public async Task A_wait_leaves_nothing_behind_however_it_ends()
    {
        using var cancelled = new CancellationTokenSource();
        var (woken, overdue, given) = (Wait("woken"), Wait("overdue"), _waiters.WaitAsync("given up", Longest * 2, cancelled.Token));
        _waiters.Wake("woken");
        _time.Advance(Longest);
        await cancelled.CancelAsync();
        await Task.WhenAll(woken, overdue);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);

        Assert.Equal(0, _waiters.Count);
    }

    [Fact]
    public void Waking_where_nobody_waits_changes_nothing()
    {
        _waiters.Wake("k");
        Assert.False(Wait("k").IsCompleted);
    }

    private Task Wait(string key) => _waiters.WaitAsync(key, Longest, default);
}
