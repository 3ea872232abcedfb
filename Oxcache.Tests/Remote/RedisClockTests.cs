using Oxcaching.Remote;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Remote;

public sealed class RedisClockTests
{
    private const long Noon = 1_900_000_000_000_000;

    private readonly ManualTime _time = new();

    [Fact]
    public void It_runs_on_from_the_last_answer()
    {
        var clock = Observed(Noon, roundTrip: TimeSpan.Zero);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.InRange(clock.Now, Noon + 10_000_000, Noon + 10_000_010);
    }

    [Fact]
    public void Its_error_is_half_the_round_trip_and_grows_with_age()
    {
        var clock = Observed(Noon, roundTrip: TimeSpan.FromMilliseconds(8));
        Assert.InRange(clock.Error, 4000, 4001);

        _time.Advance(TimeSpan.FromSeconds(100));
        Assert.InRange(clock.Error, 24_000, 24_001);
    }

    [Fact]
    public void A_wider_estimate_does_not_replace_a_narrower_one_that_it_agrees_with()
    {
        var clock = Observed(Noon, roundTrip: TimeSpan.FromMilliseconds(2));
        Observe(clock, Noon + 50_000, roundTrip: TimeSpan.FromMilliseconds(100));

        Assert.InRange(clock.Error, 1000, 1100);
    }

    [Fact]
    public void When_Redis_sets_its_clock_back_the_estimate_follows()
    {
        var clock = Observed(Noon, roundTrip: TimeSpan.FromMilliseconds(2));
        Observe(clock, Noon - 5_000_000, roundTrip: TimeSpan.FromMilliseconds(100));

        Assert.InRange(clock.Now, Noon - 5_000_000, Noon - 4_900_000);
    }

    private RedisClock Observed(long redisTime, TimeSpan roundTrip)
    {
        var clock = new RedisClock(_time);
        Observe(clock, redisTime, roundTrip);
        return clock;
    }

    private void Observe(RedisClock clock, long redisTime, TimeSpan roundTrip)
    {
        var asked = _time.GetTimestamp();
        _time.Advance(roundTrip);
        clock.Observe(redisTime, asked, _time.GetTimestamp());
    }
}
