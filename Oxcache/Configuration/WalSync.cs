namespace Oxcaching;

/// <summary>When the write-ahead log is flushed to the disk.</summary>
public enum WalSync
{
    /// <summary>Every 100 ms: a crash of the machine may lose that much.</summary>
    Interval = 0,

    /// <summary>After every record.</summary>
    Always = 1,
}
