using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Flights;

public sealed class FlightDeadlineTests
{
    private readonly ManualTime _time = new();
    private readonly LogCollector _logs = new();

    [Fact]
    public async Task Past_the_deadline_the_key_is_free_and_the_late_result_is_returned_and_not_stored()
    {
        await using var manager = await StartAsync();
        var late = new HeldBody<string>();
        var call = await TakeOffAsync(manager, late);

        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("fresh", await manager.Things().GetOrSetAsync("k", _ => new ValueTask<string>("fresh")));
        late.Return("late");

        Assert.Equal("late", await call);
        Assert.Equal("fresh", await manager.Things().GetAsync<string>("k"));
        Assert.False(late.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task A_body_that_outlasts_the_deadline_is_logged_once_with_its_key_and_the_setting_to_change()
    {
        await using var manager = await StartAsync();
        var late = new HeldBody<string>();
        var call = await TakeOffAsync(manager, late);
        _time.Advance(TimeSpan.FromSeconds(31));
        _time.Advance(TimeSpan.FromSeconds(31));
        late.Return("late");
        await call;

        Assert.Equal(
            "Service things: the load of 'k' takes longer than flight_timeout = 30 s; its result will not be stored. "
            + "If it is meant to take that long, raise services.things.flight_timeout.",
            Assert.Single(_logs.Texts(30)));
    }

    [Fact]
    public async Task A_body_that_is_in_time_is_stored_and_not_logged()
    {
        await using var manager = await StartAsync();
        var body = new HeldBody<string>();
        var call = await TakeOffAsync(manager, body);
        _time.Advance(TimeSpan.FromSeconds(29));
        body.Return("in time");
        await call;
        await manager.WhenIdleAsync();
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("in time", await manager.Things().GetAsync<string>("k"));
        Assert.Empty(_logs.Texts(30));
    }

    /// <summary>Starts a load, and waits until its deadline is set.</summary>
    private async Task<Task<string>> TakeOffAsync(CacheManager manager, HeldBody<string> body)
    {
        // The clock of L1 has a timer of its own.
        var others = _time.Timers;
        var call = manager.Things().GetOrSetAsync("k", body.RunAsync).AsTask();
        await body.Running;
        await Eventually.Is(() => _time.Timers > others);
        return call;
    }

    private Task<CacheManager> StartAsync()
    {
        var options = Caches.Local();
        options.TimeProvider = _time;
        options.LoggerFactory = _logs;
        return options.StartAsync();
    }
}
