namespace Oxcaching.Remote;

/// <summary>How a call to Redis failed.</summary>
internal enum RemoteFailure
{
    /// <summary>There is no connection.</summary>
    Disconnected,

    /// <summary>No answer in time. The command may still run.</summary>
    TimedOut,

    /// <summary>Redis answered with an error.</summary>
    Refused,

    /// <summary>The server that was asked does not serve the key, or not at this moment. The command did not run.</summary>
    Misdirected,
}
