namespace Oxcaching.Tests.History.Running;

/// <summary>A wall clock that is wrong, and set wrong the other way every few seconds.</summary>
internal sealed class WrongClock(TimeSpan by) : TimeProvider
{
    private const int SecondsBetweenSteps = 3;

    public override DateTimeOffset GetUtcNow()
    {
        var now = System.GetUtcNow();
        return now.ToUnixTimeSeconds() / SecondsBetweenSteps % 2 == 0 ? now + by : now - by;
    }
}
