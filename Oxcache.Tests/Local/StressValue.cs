namespace Oxcaching.Tests.Local;

/// <summary>What the stress stores: it knows of itself what must hold.</summary>
internal sealed class StressValue(long version)
{
    private long _expiredFrom = long.MaxValue;

    public long Version => version;

    /// <summary>How often its removal was told.</summary>
    public int Removals;

    /// <summary>From this time on nobody may get it any more.</summary>
    public long ExpiredFrom
    {
        get => Volatile.Read(ref _expiredFrom);
        set => Volatile.Write(ref _expiredFrom, value);
    }
}
