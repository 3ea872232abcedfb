using System.Diagnostics;

namespace Oxcaching.Tests.TestSupport;

/// <summary>Asks until the answer is yes, for what a test cannot be told of.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task Async(Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < Patience, $"Still not so after {Patience}.");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    public static Task Is(Func<bool> condition) => Async(() => Task.FromResult(condition()));
}
