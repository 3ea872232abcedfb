using Oxcaching.Diagnostics;
using Oxcaching.Remote.Topology;

namespace Oxcaching.Remote;

/// <summary>A call to Redis that brought no answer. Never leaves the library.</summary>
internal sealed class RemoteException(RemoteFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public RemoteFailure Failure { get; } = failure;

    /// <summary>What the server that was reached does not do; None: it is no matter of that.</summary>
    public RemoteLimit Limit { get; init; }

    /// <summary>Who did not answer; null: nobody in particular.</summary>
    public Primary? Primary { get; init; }
}
