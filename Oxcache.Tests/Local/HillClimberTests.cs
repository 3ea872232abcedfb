using Oxcaching.Local;

namespace Oxcaching.Tests.Local;

public sealed class HillClimberTests
{
    private const int Capacity = 1000;
    private const int Sample = 10 * Capacity;

    private readonly HillClimber _climber = new(Capacity);
    private long _hits;
    private long _misses = 1;

    public HillClimberTests() => _climber.Climb(0, 1);

    [Fact]
    public void It_waits_for_a_sample()
    {
        Assert.Equal(0, _climber.Climb(Sample / 2, 2));
        Assert.NotEqual(0, _climber.Climb(Sample, 2));
    }

    [Fact]
    public void It_grows_first_and_goes_on_while_that_helps()
    {
        Assert.True(Next(0.50) > 0);
        Assert.True(Next(0.52) > 0);
        Assert.True(Next(0.54) > 0);
    }

    [Fact]
    public void It_turns_back_when_the_rate_falls()
    {
        Next(0.50);
        Assert.True(Next(0.48) < 0);
        Assert.True(Next(0.46) > 0);
    }

    [Fact]
    public void Without_a_reason_it_shrinks()
    {
        Next(0.50);
        Assert.True(Next(0.501) < 0);
        Assert.True(Next(0.500) < 0);
        Assert.True(Next(0.501) < 0);
    }

    [Fact]
    public void Its_steps_get_smaller_until_the_workload_changes()
    {
        var first = Next(0.50);
        int last = first;
        for (var i = 0; i < 30; i++)
        {
            last = Next(0.50);
        }

        Assert.InRange(Math.Abs(last), 0, first / 10);
        Next(0.30);
        Assert.Equal(first, Math.Abs(Next(0.30)));
    }

    private int Next(double rate)
    {
        _hits += (long)(Sample * rate);
        _misses += Sample - (long)(Sample * rate);
        return _climber.Climb(_hits, _misses);
    }
}
