using Oxcaching.Remote;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>What becomes of pending writes that Redis does not acknowledge.</summary>
public sealed class FailedWritesTests : IAsyncLifetime
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly PendingBed _bed = new();
    private TimeSpan _waited;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _bed.DisposeAsync().AsTask();

    [Fact]
    public async Task A_batch_that_failed_stays_pending_whole_and_is_sent_again()
    {
        _bed.Write("a", "1");
        var waiting = new[] { _bed.Write("b", "1"), _bed.Write("c", null) };
        _bed.Target.Acknowledge();
        _bed.Target.Fail();
        Assert.Equal([WriteAnswer.Pending, WriteAnswer.Pending], await Task.WhenAll(waiting.Select(write => write.Answer)));
        Assert.Equal(["a=1 arrived", "b=1 unanswered", "-c unanswered"], _bed.Target.Told);
        Assert.Equal(["1", "deleted"], [_bed.Find("b"), _bed.Find("c")]);

        _bed.Time.Advance(ShortestPause);
        Assert.Equal("a=1 | b=1 -c | b=1 -c", _bed.Target.Sent);
        Assert.All(waiting, write => Assert.True(write.Waited));
    }

    [Fact]
    public void Of_a_batch_that_arrived_in_part_the_rest_is_sent_again()
    {
        _bed.Write("a", "1");
        _bed.Write("b", "1");
        _bed.Write("c", "1");
        _bed.Target.Acknowledge();
        _bed.Target.UnderWay[0].Complete(write => write.Key.Text == "b" ? ScriptOutcome.Stored : null);
        Assert.Equal(["nothing", "1"], [_bed.Find("b"), _bed.Find("c")]);

        _bed.Time.Advance(ShortestPause);
        Assert.Equal("a=1 | b=1 c=1 | c=1", _bed.Target.Sent);
    }

    [Fact]
    public void A_value_for_which_Redis_has_no_room_stays_pending()
    {
        _bed.Write("k", "1");
        _bed.Target.Acknowledge(ScriptOutcome.Full);
        Assert.Equal("1", _bed.Find("k"));

        _bed.Time.Advance(ShortestPause);
        Assert.Equal("k=1 | k=1", _bed.Target.Sent);
    }

    [Fact]
    public void In_the_place_of_one_that_failed_a_newer_one_is_sent()
    {
        _bed.Write("k", "1");
        _bed.Write("k", "2");
        _bed.Target.Fail();
        _bed.Time.Advance(ShortestPause);
        Assert.Equal("k=1 | k=2", _bed.Target.Sent);
    }

    [Fact]
    public async Task A_newer_one_than_the_one_that_failed_is_sent_at_once_and_has_its_own_answer()
    {
        _bed.Write("k", "1");
        _bed.Target.Fail();
        var newer = _bed.Write("k", "2");
        Assert.Equal("k=1 | k=2", _bed.Target.Sent);
        Assert.False(newer.Answer.IsCompleted);

        _bed.Target.Acknowledge();
        Assert.True((await newer.Answer).Acknowledged);
    }

    [Fact]
    public void One_that_failed_does_not_hold_up_others()
    {
        _bed.Write("k", "1");
        _bed.Target.Fail();
        _bed.Write("other", "1");
        Assert.Equal("k=1 | other=1", _bed.Target.Sent);
    }

    [Fact]
    public void What_fails_again_and_again_is_tried_less_and_less_often()
    {
        _bed.Write("k", "1");
        _bed.Target.Fail();
        Assert.Equal([100, 200, 400, 800, 1600, 3200, 5000, 5000], Enumerable.Range(0, 8).Select(_ => FailAfterPause()));
    }

    [Fact]
    public void That_others_arrive_does_not_shorten_the_pauses()
    {
        _bed.Write("k", "1");
        _bed.Target.Fail();
        var pauses = new List<double>();
        for (var i = 0; i < 4; i++)
        {
            _bed.Write($"other {i}", "1");
            _bed.Target.Acknowledge();
            pauses.Add(FailAfterPause());
        }

        Assert.Equal([100, 200, 400, 800], pauses);
    }

    [Fact]
    public void Once_one_that_failed_has_arrived_the_pauses_are_short_again()
    {
        _bed.Write("k", "1");
        _bed.Target.Fail();
        FailAfterPause();
        _bed.Time.Advance(LongestPause);
        _bed.Target.Acknowledge();

        _bed.Write("k", "2");
        _bed.Target.Fail();
        Assert.Equal(100, FailAfterPause());
    }

    [Fact]
    public void Nothing_is_sent_to_a_Redis_that_is_away_and_everything_when_it_is_back()
    {
        _bed.Target.IsCutOff = true;
        _bed.Write("a", "1");
        _bed.Write("b", null);
        Assert.True(_bed.Pending.IsStalled);
        Assert.Equal("", _bed.Target.Sent);

        _bed.Target.IsCutOff = false;
        _bed.Pending.Resume();
        Assert.Equal("a=1 -b", _bed.Target.Sent);
    }

    [Fact]
    public void When_Redis_is_back_what_failed_is_sent_without_a_further_pause()
    {
        _bed.Write("k", "1");
        _bed.Target.Fail();
        _bed.Pending.Resume();
        Assert.Equal("k=1 | k=1", _bed.Target.Sent);
    }

    /// <summary>Has the one that failed last fail again; returns the longest pause, in milliseconds, that it may have waited for.</summary>
    private double FailAfterPause()
    {
        var pause = ShortestPause;
        while (!Sends(pause))
        {
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        _bed.Target.Fail();
        return pause.TotalMilliseconds;

        bool Sends(TimeSpan within)
        {
            _bed.Time.Advance(within - _waited);
            _waited = within;
            if (_bed.Target.UnderWay.Count == 0)
            {
                return false;
            }

            _waited = TimeSpan.Zero;
            return true;
        }
    }
}
