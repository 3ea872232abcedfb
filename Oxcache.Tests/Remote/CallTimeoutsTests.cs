using Oxcaching.Tests.TestSupport;
using Oxcaching.Timing;

namespace Oxcaching.Tests.Remote;

public sealed class CallTimeoutsTests
{
    private readonly ManualTime _time = new();
    private readonly CallTimeouts _timeouts;

    public CallTimeoutsTests() => _timeouts = new CallTimeouts(_time);

    [Fact]
    public void A_call_ends_at_its_deadline_and_not_before()
    {
        var call = Begin(TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(call.HasEnded);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(call.HasEnded);
    }

    [Fact]
    public void A_call_with_less_time_than_those_before_it_ends_before_them()
    {
        var patient = Begin(TimeSpan.FromSeconds(5));
        var hasty = Begin(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(hasty.HasEnded);
        Assert.False(patient.HasEnded);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.True(patient.HasEnded);
    }

    [Fact]
    public void Calls_that_begin_while_others_wait_end_in_their_own_time()
    {
        var calls = new List<Call>();
        for (var i = 0; i < 10; i++)
        {
            calls.Add(Begin(TimeSpan.FromSeconds(3)));
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(Math.Max(0, i - 1), calls.Count(call => call.HasEnded));
        }
    }

    [Fact]
    public void A_call_that_was_answered_does_not_end()
    {
        var (first, answered, last) = (Begin(TimeSpan.FromSeconds(1)), Begin(TimeSpan.FromSeconds(1)), Begin(TimeSpan.FromSeconds(1)));
        _timeouts.Remove(answered);
        _timeouts.Remove(answered);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(answered.HasEnded);
        Assert.True(first.HasEnded && last.HasEnded);
    }

    [Fact]
    public void A_call_without_time_ends_as_soon_as_time_goes_on()
    {
        var call = Begin(TimeSpan.Zero);
        _time.Advance(TimeSpan.Zero);
        Assert.True(call.HasEnded);
    }

    private Call Begin(TimeSpan timeout)
    {
        var call = new Call(Deadline.After(timeout, _time));
        _timeouts.Add(call);
        return call;
    }

    private sealed class Call : TimedCall
    {
        public Call(Deadline deadline) => Deadline = deadline;

        public bool HasEnded { get; private set; }

        public override void End() => HasEnded = true;
    }
}
