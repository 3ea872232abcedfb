namespace Oxcaching.Local;

/// <summary>Tells a cache that time passes, until it is disposed.</summary>
internal abstract class Ticker : IDisposable
{
    /// <summary>How far a coarse clock may be behind.</summary>
    public static readonly TimeSpan Resolution = TimeSpan.FromMilliseconds(10);

    public static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    public static Ticker Start(TimeProvider time, ITicked target) =>
        time == TimeProvider.System ? ThreadTicker.Start(target) : new TimerTicker(time, target);

    public abstract void Dispose();
}
