namespace Oxcaching.Local;

/// <summary>What a <see cref="Ticker"/> calls.</summary>
internal interface ITicked
{
    /// <summary>Time has passed. Quick: others wait for their tick.</summary>
    void Tick();

    /// <summary>It is time for work that may take a while.</summary>
    void Sweep();
}
