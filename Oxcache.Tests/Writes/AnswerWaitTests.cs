using Oxcaching.Timing;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>How long a caller waits for what comes of its write.</summary>
public sealed class AnswerWaitTests
{
    private static readonly WriteAnswer Arrived = new(Acknowledged: true, Found: false);

    private readonly TaskCompletionSource<WriteAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CallTimeouts _timeouts = new(TimeProvider.System);

    [Fact]
    public async Task It_waits_for_the_answer()
    {
        var waiting = WaitAsync(TimeSpan.FromMinutes(1));
        Assert.False(waiting.IsCompleted);

        _answer.SetResult(Arrived);
        Assert.Equal(Arrived, await waiting);
    }

    [Fact]
    public async Task It_does_not_wait_past_its_deadline() => Assert.Null(await WaitAsync(TimeSpan.FromMilliseconds(10)));

    [Fact]
    public async Task An_answer_that_was_there_before_is_one()
    {
        _answer.SetResult(Arrived);
        Assert.Equal(Arrived, await WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Others_wait_on_when_one_deadline_is_over()
    {
        var patient = WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Null(await WaitAsync(TimeSpan.FromMilliseconds(10)));
        Assert.False(patient.IsCompleted);

        _answer.SetResult(Arrived);
        Assert.Equal(Arrived, await patient);
    }

    private ValueTask<WriteAnswer?> WaitAsync(TimeSpan atMost) => AnswerWait.ForAsync(_answer.Task, _timeouts, Deadline.After(atMost, TimeProvider.System));
}
