using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>A clear among pending writes.</summary>
public sealed class PendingClearTests : IAsyncLifetime
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly PendingBed _bed = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _bed.DisposeAsync().AsTask();

    [Fact]
    public async Task It_abandons_what_waits_and_is_sent_when_nothing_is_on_its_way()
    {
        _bed.Write("a", "1");
        var waiting = _bed.Write("b", "1");
        var clear = _bed.Clear();
        Assert.Equal(WriteAnswer.Pending, await waiting.Answer);
        Assert.Equal(0, _bed.Target.ClearsUnderWay);

        _bed.Target.Acknowledge();
        _bed.Target.AnswerClear(acknowledged: true);
        Assert.True(await clear.Answer);
        Assert.Equal("a=1", _bed.Target.Sent);
        Assert.Equal(0, _bed.Pending.Count);
        Assert.False(_bed.Pending.IsClearDue);
    }

    [Fact]
    public void Nothing_is_sent_before_it_is_acknowledged()
    {
        _bed.Clear();
        _bed.Write("a", "1");
        Assert.Equal("", _bed.Target.Sent);
        Assert.Equal("1", _bed.Find("a"));

        _bed.Target.AnswerClear(acknowledged: true);
        Assert.Equal("a=1", _bed.Target.Sent);
    }

    [Fact]
    public void A_write_that_was_on_its_way_when_the_cache_was_cleared_and_that_failed_is_not_sent_again()
    {
        _bed.Write("a", "1");
        _bed.Clear();
        _bed.Target.Fail();
        Assert.Equal("nothing", _bed.Find("a"));

        _bed.Target.AnswerClear(acknowledged: true);
        _bed.Time.Advance(LongestPause);
        Assert.Equal("a=1", _bed.Target.Sent);
    }

    [Fact]
    public void A_newer_write_of_that_key_is_sent_after_the_clear()
    {
        _bed.Write("a", "1");
        _bed.Clear();
        _bed.Write("a", "2");
        _bed.Target.Fail();
        _bed.Target.AnswerClear(acknowledged: true);
        _bed.Time.Advance(LongestPause);
        Assert.Equal("a=1 | a=2", _bed.Target.Sent);
    }

    [Fact]
    public void What_failed_is_abandoned_too()
    {
        _bed.Write("a", "1");
        _bed.Target.Fail();
        _bed.Clear();
        _bed.Target.AnswerClear(acknowledged: true);
        _bed.Time.Advance(LongestPause);
        Assert.Equal("a=1", _bed.Target.Sent);
        Assert.Equal(0, _bed.Pending.Count);
    }

    [Fact]
    public async Task One_that_failed_stays_due_and_is_sent_again()
    {
        var clear = _bed.Clear();
        _bed.Target.AnswerClear(acknowledged: false);
        Assert.False(await clear.Answer);
        Assert.True(_bed.Pending.IsClearDue);
        Assert.True(_bed.Pending.IsStalled);
        Assert.True(clear.Waited);

        _bed.Time.Advance(LongestPause);
        Assert.False(_bed.Pending.IsStalled);
        _bed.Target.AnswerClear(acknowledged: true);
        Assert.False(_bed.Pending.IsClearDue);
    }

    [Fact]
    public async Task Who_waits_for_one_that_is_replaced_before_it_was_sent_gets_the_answer_of_the_newer()
    {
        _bed.Write("a", "1");
        var earlier = _bed.Clear();
        var newer = _bed.Clear();
        _bed.Target.Acknowledge();
        Assert.False(earlier.Answer.IsCompleted);

        _bed.Target.AnswerClear(acknowledged: true);
        Assert.True(await newer.Answer);
        Assert.True(await earlier.Answer);
        Assert.Equal(0, _bed.Target.ClearsUnderWay);
    }

    [Fact]
    public async Task One_that_was_called_while_another_is_on_its_way_is_sent_after_it()
    {
        var earlier = _bed.Clear();
        var newer = _bed.Clear();
        _bed.Target.AnswerClear(acknowledged: true);
        Assert.True(await earlier.Answer);
        Assert.False(newer.Answer.IsCompleted);
        Assert.True(_bed.Pending.IsClearDue);

        _bed.Target.AnswerClear(acknowledged: true);
        Assert.True(await newer.Answer);
    }

    [Fact]
    public async Task Nobody_waits_for_one_that_a_Redis_which_is_away_cannot_get()
    {
        _bed.Write("a", "1");
        var clear = _bed.Clear();
        _bed.Target.IsCutOff = true;
        _bed.Target.Fail();
        Assert.False(await clear.Answer);
        Assert.True(_bed.Pending.IsClearDue);

        _bed.Target.IsCutOff = false;
        _bed.Pending.Resume();
        _bed.Target.AnswerClear(acknowledged: true);
        Assert.False(_bed.Pending.IsClearDue);
        Assert.True(clear.Waited);
    }
}
