using Oxcaching.Tests.TestSupport;
using Oxcaching.Timing;

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

    [Fact]
    public void Before_the_first_answer_nobody_knows_when_a_call_began() => Assert.Null(Call(new RedisClock(_time)));

    [Fact]
    public void A_later_call_is_never_earlier_though_a_better_estimate_would_allow_for_it()
    {
        var clock = Observed(Noon, roundTrip: TimeSpan.FromMilliseconds(100));
        var asked = Wait(TimeSpan.FromMilliseconds(80));
        var earlier = Call(clock)!.Value;
        clock.Observe(Noon + 70_000, asked, _time.GetTimestamp());
        Assert.True(clock.Now - clock.Error < earlier.Earliest, "The better estimate does not allow for it.");

        var later = Call(clock)!.Value;
        Assert.Equal(earlier.Earliest, later.Earliest);
        Assert.InRange(later.Latest, clock.Now + clock.Error, earlier.Latest);
        Assert.True(clock.Tells(earlier));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(clock.Now - clock.Error, Call(clock)!.Value.Earliest);
    }

    [Fact]
    public void When_Redis_sets_its_clock_back_the_times_of_earlier_calls_say_nothing_any_more()
    {
        var clock = Observed(Noon, roundTrip: TimeSpan.FromMilliseconds(2));
        var earlier = Call(clock)!.Value;
        Observe(clock, Noon - 5_000_000, roundTrip: TimeSpan.FromMilliseconds(2));

        Assert.False(clock.Tells(earlier));
        Assert.Equal(clock.Now, Call(clock)!.Value.Micros);
    }

    [Fact]
    public void Nor_is_one_that_began_after_the_first_answer_earlier_than_one_that_began_before_it()
    {
        var clock = new RedisClock(_time);
        var at = _time.GetTimestamp();
        Observe(clock, Noon, roundTrip: TimeSpan.FromMilliseconds(100));
        var unknownAtFirst = clock.TimeOf(at)!.Value;
        var asked = Wait(TimeSpan.FromMilliseconds(99));
        clock.Observe(Noon + 90_000, asked, _time.GetTimestamp());

        Assert.InRange(Call(clock)!.Value.Earliest, unknownAtFirst.Earliest, long.MaxValue);
        Assert.Equal(unknownAtFirst, clock.TimeOf(at)!.Value);
        Assert.InRange(Noon - 10_000, unknownAtFirst.Earliest, unknownAtFirst.Latest);
    }

    [Fact]
    public void Nor_is_a_later_call_earlier_than_one_whose_time_was_found_out_afterwards()
    {
        var clock = Observed(Noon, roundTrip: TimeSpan.FromMilliseconds(100));
        var asked = Wait(TimeSpan.FromMilliseconds(80));
        var earlier = clock.TimeOf(_time.GetTimestamp())!.Value;
        clock.Observe(Noon + 70_000, asked, _time.GetTimestamp());
        Assert.True(clock.Now - clock.Error < earlier.Earliest, "The better estimate does not allow for it.");

        Assert.Equal(earlier.Earliest, Call(clock)!.Value.Earliest);
    }

    private long Wait(TimeSpan time)
    {
        var from = _time.GetTimestamp();
        _time.Advance(time);
        return from;
    }

    private CallTime? Call(RedisClock clock) => clock.Call(_time.GetTimestamp());

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
