namespace Oxcaching.Tests.Writes;

/// <summary>Runs what completes a task such that what awaits it has gone on when that returns.</summary>
internal static class HereAndNow
{
    /// <summary>Continuations run inline only where there is no synchronization context, and the test runner has one.</summary>
    public static void Run(Action complete)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            complete();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }
}
