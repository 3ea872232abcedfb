namespace Oxcaching.Remote;

/// <summary>A call to Redis that brought no answer. Never leaves the library.</summary>
internal sealed class RemoteException(RemoteFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public RemoteFailure Failure { get; } = failure;
}
