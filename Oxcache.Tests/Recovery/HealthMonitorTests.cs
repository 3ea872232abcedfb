using Oxcaching.Recovery;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Recovery;

/// <summary>The state of a connection, told by hand.</summary>
public sealed class HealthMonitorTests
{
    private readonly List<HealthState> _heard = [];
    private readonly HealthMonitor _monitor;
    private bool _answers;
    private bool _isCaughtUp;

    public HealthMonitorTests()
    {
        _monitor = new HealthMonitor(() => _answers, TimeProvider.System);
        _monitor.Require(() => _isCaughtUp);
        _monitor.Changed += health => _heard.Add(health.State);
    }

    [Fact]
    public void Until_Redis_was_tried_it_is_recovering()
    {
        _isCaughtUp = _answers = true;
        _monitor.Update();

        Assert.Equal(HealthState.Recovering, _monitor.Current.State);
        Assert.Empty(_heard);
    }

    [Fact]
    public void It_is_recovering_until_all_has_caught_up()
    {
        _monitor.Down("gone");
        _answers = true;
        _monitor.Back();
        _isCaughtUp = true;
        _monitor.Update();

        Assert.Equal([HealthState.Degraded, HealthState.Recovering, HealthState.Healthy], _heard);
        Assert.Equal("gone", _monitor.Current.LastError);
    }

    [Fact]
    public void A_connection_that_was_lost_again_before_that_was_told_stays_degraded()
    {
        _isCaughtUp = true;
        _monitor.Down("gone");
        _monitor.Back();

        Assert.Equal([HealthState.Degraded], _heard);
    }

    [Fact]
    public void Nothing_makes_it_healthy_before_those_who_wait_were_told_that_Redis_is_back()
    {
        _isCaughtUp = true;
        _monitor.Down("gone");
        _answers = true;
        _monitor.Update();
        Assert.Equal(HealthState.Degraded, _monitor.Current.State);

        _monitor.Back();
        Assert.Equal(HealthState.Healthy, _monitor.Current.State);
    }

    [Fact]
    public void Its_time_is_that_of_the_change_and_an_error_is_none()
    {
        var time = new ManualTime();
        var monitor = new HealthMonitor(() => false, time);
        monitor.Down("first");
        var since = monitor.Current.Since;
        time.Advance(TimeSpan.FromSeconds(5));
        monitor.Down("second");

        Assert.Equal(since, monitor.Current.Since);
        Assert.Equal(("second", since + TimeSpan.FromSeconds(5)), (monitor.Current.LastError, monitor.Current.LastErrorAt));
    }
}
