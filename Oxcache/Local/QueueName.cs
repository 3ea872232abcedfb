namespace Oxcaching.Local;

/// <summary>The queues of W-TinyLFU.</summary>
internal enum QueueName : byte
{
    /// <summary>Newcomers.</summary>
    Window,

    /// <summary>Admitted, and not hit since: the next victims.</summary>
    Probation,

    /// <summary>Admitted, and hit since.</summary>
    Protected,
}
