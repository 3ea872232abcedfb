using Oxcaching.Coherence;
using Oxcaching.Remote;

namespace Oxcaching.Tests.Coherence;

/// <summary>What one instance concludes from another's messages and heartbeats.</summary>
public sealed class PeerTests
{
    private const int Window = MessageLedger.Window;

    [Fact]
    public void All_is_well_while_everything_arrives()
    {
        var (ledger, peer) = Listening();
        for (var i = 0; i < 5 * Window; i++)
        {
            Send(ledger, peer, i % 4);
            Assert.False(Beat(ledger, peer));
        }
    }

    [Fact]
    public void A_message_that_is_missing_is_found_by_the_second_heartbeat_after_it()
    {
        var (ledger, peer) = Listening();
        Lose(ledger, 1);
        Assert.False(Beat(ledger, peer));
        Assert.True(Beat(ledger, peer));
    }

    [Fact]
    public void One_that_is_acknowledged_late_and_missing_is_found_later()
    {
        var (ledger, peer) = Listening();
        var sentIn = ledger.Interval;
        for (var i = 0; i < Window / 2; i++)
        {
            Assert.False(Beat(ledger, peer));
        }

        ledger.Acknowledge(sentIn, 1);
        Assert.False(Beat(ledger, peer));
        Assert.True(Beat(ledger, peer));
    }

    [Fact]
    public void More_messages_than_were_acknowledged_are_no_harm()
    {
        var (ledger, peer) = Listening();
        peer.Received(ledger.Interval);
        Assert.False(Beat(ledger, peer));
        Assert.False(Beat(ledger, peer));
    }

    [Fact]
    public void A_late_joiner_misses_nothing_that_was_before_him()
    {
        var ledger = new MessageLedger();
        Lose(ledger, 3);
        ledger.Advance();
        Lose(ledger, 3);
        var peer = new Peer(ledger.Interval);
        Send(ledger, peer, 1);
        for (var i = 0; i < 2 * Window; i++)
        {
            Assert.False(Beat(ledger, peer));
        }
    }

    [Fact]
    public void Who_joined_late_finds_what_is_missing_from_the_next_interval_on()
    {
        var ledger = new MessageLedger();
        Lose(ledger, 3);
        var peer = new Peer(ledger.Interval);
        Send(ledger, peer, 1);
        Assert.False(Beat(ledger, peer));
        Lose(ledger, 1);
        Assert.False(Beat(ledger, peer));
        Assert.True(Beat(ledger, peer));
    }

    [Fact]
    public void A_heartbeat_that_is_handled_before_the_messages_ahead_of_it_alarms_nobody()
    {
        var (ledger, peer) = Listening();
        for (var i = 0; i < 2 * Window; i++)
        {
            var sentIn = ledger.Interval;
            ledger.Acknowledge(sentIn, 2);
            Assert.False(Beat(ledger, peer));
            peer.Received(sentIn);
            peer.Received(sentIn);
        }
    }

    [Fact]
    public void Heartbeats_that_are_handled_in_the_wrong_order_alarm_nobody()
    {
        var (ledger, peer) = Listening();
        for (var i = 0; i < Window; i++)
        {
            Send(ledger, peer, 2);
            var (earlier, earlierCounts) = ledger.Advance();
            Send(ledger, peer, 1);
            var (later, laterCounts) = ledger.Advance();
            Assert.False(peer.Misses(later, laterCounts));
            Assert.False(peer.Misses(earlier, earlierCounts));
        }
    }

    [Fact]
    public void A_lost_heartbeat_hides_no_missing_message()
    {
        var (ledger, peer) = Listening();
        Lose(ledger, 1);
        ledger.Advance();
        Assert.False(Beat(ledger, peer));
        Assert.True(Beat(ledger, peer));
    }

    [Fact]
    public void What_was_missed_before_a_gap_is_forgiven()
    {
        var (ledger, peer) = Listening();
        Lose(ledger, 1);
        Beat(ledger, peer);
        peer.Forgive();
        for (var i = 0; i < 2 * Window; i++)
        {
            Assert.False(Beat(ledger, peer));
        }
    }

    [Fact]
    public void What_was_missed_during_a_gap_of_many_heartbeats_is_forgiven_too()
    {
        var (ledger, peer) = Listening();
        for (var i = 0; i < Window / 2; i++)
        {
            Lose(ledger, 1);
            ledger.Advance();
        }

        peer.Forgive();
        for (var i = 0; i < 2 * Window; i++)
        {
            Assert.False(Beat(ledger, peer));
        }
    }

    [Fact]
    public void After_a_gap_what_is_missing_is_found_again()
    {
        var (ledger, peer) = Listening();
        Lose(ledger, 1);
        peer.Forgive();
        Beat(ledger, peer);
        Beat(ledger, peer);
        Lose(ledger, 1);
        Assert.False(Beat(ledger, peer));
        Assert.True(Beat(ledger, peer));
    }

    [Fact]
    public void Intervals_are_counted_round()
    {
        var peer = new Peer(uint.MaxValue - 5);
        var counts = new int[Window];
        for (var i = 1u; i < 3 * Window; i++)
        {
            var interval = uint.MaxValue - 5 + i;
            counts[interval % Window] = 0;
            Assert.False(peer.Misses(interval, [.. counts]), $"interval {interval}");
            counts[interval % Window] = 2;
            peer.Received(interval);
            peer.Received(interval);
        }

        var last = unchecked(uint.MaxValue - 5 + (3 * Window));
        counts[(last - 1) % Window]++;
        Assert.False(peer.Misses(last, counts));
        Assert.True(peer.Misses(last + 1, counts));
    }

    [Fact]
    public void After_a_silence_longer_than_the_window_old_counts_are_forgotten()
    {
        var (ledger, peer) = Listening();
        Send(ledger, peer, 5);
        for (var i = 0; i < 3 * Window; i++)
        {
            ledger.Advance();
        }

        Lose(ledger, 1);
        Assert.False(Beat(ledger, peer));
        Assert.True(Beat(ledger, peer));
    }

    /// <summary>Somebody who has listened for a while.</summary>
    private static (MessageLedger Ledger, Peer Peer) Listening()
    {
        var ledger = new MessageLedger();
        var peer = new Peer(ledger.Interval);
        Beat(ledger, peer);
        Beat(ledger, peer);
        return (ledger, peer);
    }

    private static void Send(MessageLedger ledger, Peer peer, int messages)
    {
        ledger.Acknowledge(ledger.Interval, messages);
        for (var i = 0; i < messages; i++)
        {
            peer.Received(ledger.Interval);
        }
    }

    private static void Lose(MessageLedger ledger, int messages) => ledger.Acknowledge(ledger.Interval, messages);

    private static bool Beat(MessageLedger ledger, Peer peer)
    {
        var (interval, counts) = ledger.Advance();
        return peer.Misses(interval, counts);
    }
}
