using Oxcaching.Remote;

namespace Oxcaching.Tests.Remote;

public sealed class MessageLedgerTests
{
    private readonly MessageLedger _ledger = new();

    [Fact]
    public void A_message_counts_in_the_interval_in_which_it_was_sent()
    {
        var sentIn = _ledger.Interval;
        _ledger.Advance();
        _ledger.Acknowledge(sentIn, 2);
        _ledger.Acknowledge(_ledger.Interval, 3);
        var (interval, counts) = _ledger.Advance();

        Assert.Equal(2u, interval);
        Assert.Equal([2, 3, 0], counts.Take(3));
    }

    [Fact]
    public void What_was_not_acknowledged_is_not_counted()
    {
        for (var i = 0; i < 3 * MessageLedger.Window; i++)
        {
            Assert.All(_ledger.Advance().Counts, count => Assert.Equal(0, count));
        }
    }

    [Fact]
    public void An_acknowledgement_that_takes_longer_than_the_window_is_not_counted()
    {
        var sentIn = _ledger.Interval;
        Advance(MessageLedger.Window);
        _ledger.Acknowledge(sentIn, 1);

        Assert.All(_ledger.Advance().Counts, count => Assert.Equal(0, count));
    }

    [Fact]
    public void One_that_comes_before_the_last_heartbeat_of_the_window_is()
    {
        var sentIn = _ledger.Interval;
        Advance(MessageLedger.Window - 2);
        _ledger.Acknowledge(sentIn, 1);

        Assert.Equal(1, _ledger.Advance().Counts.Sum());
    }

    [Fact]
    public void An_interval_is_forgotten_when_another_takes_its_place()
    {
        _ledger.Acknowledge(_ledger.Interval, 7);
        Assert.Equal(7, _ledger.Advance().Counts.Sum());
        Advance(MessageLedger.Window - 2);
        Assert.Equal(0, _ledger.Advance().Counts.Sum());
    }

    [Fact]
    public void Counts_that_were_taken_do_not_change()
    {
        var (_, counts) = _ledger.Advance();
        _ledger.Acknowledge(_ledger.Interval, 5);

        Assert.Equal(0, counts.Sum());
    }

    [Fact]
    public void Threads_lose_no_count()
    {
        Parallel.For(0, 10_000, _ => _ledger.Acknowledge(_ledger.Interval, 1));

        Assert.Equal(10_000, _ledger.Advance().Counts.Sum());
    }

    private void Advance(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _ledger.Advance();
        }
    }
}
