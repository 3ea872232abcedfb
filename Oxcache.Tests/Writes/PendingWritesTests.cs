using Oxcaching.Remote;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>When pending writes are sent, and in which order; batches of three, two of them under way at most.</summary>
public sealed class PendingWritesTests : IAsyncLifetime
{
    private static readonly WriteAnswer Stored = new(true, true);

    private readonly PendingBed _bed = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _bed.DisposeAsync().AsTask();

    [Fact]
    public void The_first_write_of_an_idle_queue_is_sent_at_once()
    {
        _bed.Write("a", "1");
        Assert.Equal("a=1", _bed.Target.Sent);
    }

    [Fact]
    public void Those_that_come_while_one_is_on_its_way_gather_until_it_has_arrived()
    {
        _bed.Write("a", "1");
        _bed.Write("b", "1");
        _bed.Write("c", "1");
        Assert.Equal("a=1", _bed.Target.Sent);

        _bed.Target.Acknowledge();
        Assert.Equal("a=1 | b=1 c=1", _bed.Target.Sent);
    }

    [Fact]
    public void They_gather_until_a_batch_is_full()
    {
        _bed.Write("a", "1");
        WriteAll("b", "c", "d", "e");
        Assert.Equal("a=1 | b=1 c=1 d=1", _bed.Target.Sent);
    }

    [Fact]
    public void They_gather_until_one_of_them_has_waited_for_the_interval()
    {
        _bed.Write("a", "1");
        _bed.Write("b", "1");
        _bed.Time.Advance(PendingBed.Interval * 0.9);
        _bed.Write("c", "1");
        Assert.Equal("a=1", _bed.Target.Sent);

        _bed.Time.Advance(PendingBed.Interval * 0.1);
        Assert.Equal("a=1 | b=1 c=1", _bed.Target.Sent);
    }

    [Fact]
    public void A_write_that_took_the_place_of_another_has_waited_since_that_came()
    {
        _bed.Write("a", "1");
        _bed.Write("b", "1");
        _bed.Time.Advance(PendingBed.Interval * 0.9);
        _bed.Write("b", "2");
        _bed.Time.Advance(PendingBed.Interval * 0.1);
        Assert.Equal("a=1 | b=2", _bed.Target.Sent);
    }

    [Fact]
    public void No_more_batches_are_under_way_than_may_be()
    {
        _bed.Write("a", "1");
        WriteAll("b", "c", "d", "e", "f");
        _bed.Time.Advance(PendingBed.Interval * 10);
        Assert.Equal(2, _bed.Target.UnderWay.Count);

        _bed.Target.Acknowledge();
        Assert.Equal("a=1 | b=1 c=1 d=1 | e=1 f=1", _bed.Target.Sent);
    }

    [Theory]
    [InlineData("1", "2", "k=2")]
    [InlineData("1", null, "-k")]
    [InlineData(null, "2", "k=2")]
    public void Of_those_of_a_key_that_wait_the_last_one_is_sent(string? first, string? last, string sent)
    {
        _bed.Write("a", "1");
        _bed.Write("k", first);
        _bed.Write("k", last);
        _bed.Target.Acknowledge();
        Assert.Equal("a=1 | " + sent, _bed.Target.Sent);
    }

    [Fact]
    public async Task Who_waits_for_one_that_was_replaced_gets_the_answer_of_the_newer()
    {
        _bed.Write("a", "1");
        var replaced = _bed.Write("k", "1").Answer;
        var alsoReplaced = _bed.Write("k", "2").Answer;
        var last = _bed.Write("k", null).Answer;
        _bed.Target.Acknowledge();
        Assert.False(replaced.IsCompleted);

        _bed.Target.Acknowledge(ScriptOutcome.NothingThere);
        Assert.All(await Task.WhenAll(replaced, alsoReplaced, last), answer => Assert.Equal(new WriteAnswer(true, false), answer));
    }

    [Fact]
    public void What_was_replaced_is_kept_by_nobody()
    {
        _bed.Write("k", "1");
        var replaced = Replaced();
        _bed.Write("k", "3");
        GC.Collect();
        Assert.False(replaced.IsAlive);

        WeakReference Replaced() => new(_bed.Write("k", "2"));
    }

    [Fact]
    public void Of_one_key_there_is_one_on_its_way()
    {
        _bed.Write("k", "1");
        _bed.Write("k", "2");
        WriteAll("b", "c", "d");
        Assert.Equal("k=1 | b=1 c=1 d=1", _bed.Target.Sent);

        _bed.Target.Acknowledge();
        _bed.Time.Advance(PendingBed.Interval);
        Assert.Equal("k=1 | b=1 c=1 d=1 | k=2", _bed.Target.Sent);
    }

    [Fact]
    public async Task Each_of_two_that_were_sent_gets_its_own_answer()
    {
        var first = _bed.Write("k", "1");
        var second = _bed.Write("k", "2");
        _bed.Target.Acknowledge();
        Assert.Equal(Stored, await first.Answer);
        Assert.False(second.Answer.IsCompleted);

        _bed.Target.Acknowledge();
        Assert.Equal(Stored, await second.Answer);
    }

    [Fact]
    public void A_key_is_read_from_its_newest_write_until_that_has_arrived()
    {
        _bed.Write("k", "1");
        Assert.Equal("1", _bed.Find("k"));
        _bed.Write("k", "2");
        Assert.Equal("2", _bed.Find("k"));
        _bed.Write("k", null);
        Assert.Equal("deleted", _bed.Find("k"));

        _bed.Target.Acknowledge();
        Assert.Equal("deleted", _bed.Find("k"));
        _bed.Target.Acknowledge();
        Assert.Equal("nothing", _bed.Find("k"));
    }

    [Fact]
    public void A_reader_finds_a_write_until_its_arrival_was_told()
    {
        var foundMeanwhile = "";
        _bed.Target.OnArrived = _ => foundMeanwhile = _bed.Find("k");
        _bed.Write("k", "1");
        _bed.Target.Acknowledge();
        Assert.Equal("1", foundMeanwhile);
    }

    [Fact]
    public async Task It_tells_when_nothing_is_pending_any_more()
    {
        _bed.Write("k", "1");
        _bed.Write("k", "2");
        var empty = _bed.Pending.WhenEmptyAsync();
        _bed.Target.Acknowledge();
        Assert.False(empty.IsCompleted);

        _bed.Target.Acknowledge();
        await empty;
        Assert.Equal(0, _bed.Pending.Count);
    }

    [Fact]
    public async Task Once_closed_it_takes_nothing_in_and_lets_go_of_everybody()
    {
        var sent = _bed.Write("a", "1");
        var waiting = _bed.Write("b", "1");
        await _bed.DisposeAsync();
        var late = _bed.Write("c", "1");
        Assert.Equal([WriteAnswer.Pending, WriteAnswer.Pending], await Task.WhenAll(waiting.Answer, late.Answer));
        Assert.False(await _bed.Clear().Answer);

        _bed.Target.Acknowledge();
        Assert.Equal(Stored, await sent.Answer);
        Assert.Equal("a=1", _bed.Target.Sent);
    }

    private void WriteAll(params string[] keys) => Array.ForEach(keys, key => _bed.Write(key, "1"));
}
