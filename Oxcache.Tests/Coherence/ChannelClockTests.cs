using Oxcaching.Coherence;

namespace Oxcaching.Tests.Coherence;

public sealed class ChannelClockTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(12)]
    [InlineData(30)]
    [InlineData(3600)]
    public void A_dead_channel_is_found_out_before_the_first_entry_would_have_to_go(int maxAge)
    {
        var clock = new ChannelClock(TimeSpan.FromSeconds(maxAge));

        // A heartbeat just came back; the next is sent an interval later, and silence is looked for once in an interval.
        Assert.True(clock.EchoTimeout + clock.Interval <= clock.MinAge);
        Assert.True(clock.MinAge < clock.MaxAge);
        Assert.Equal(TimeSpan.FromSeconds(maxAge), clock.MaxAge);
    }

    [Fact]
    public void By_default_heartbeats_come_every_five_seconds_and_have_ten_to_come_back()
    {
        var clock = new ChannelClock(TimeSpan.FromSeconds(30));

        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)), (clock.Interval, clock.EchoTimeout));
    }
}
