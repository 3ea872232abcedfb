namespace Oxcaching.Recovery;

/// <summary>Whether calls may go to Redis.</summary>
internal enum GateState
{
    /// <summary>The first attempt to connect is under way; calls wait for it.</summary>
    Connecting,

    Open,

    Shut,
}
