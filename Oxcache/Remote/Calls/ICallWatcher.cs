namespace Oxcaching.Remote;

/// <summary>Who is told what becomes of a command. Thread-safe.</summary>
internal interface ICallWatcher
{
    /// <summary>It has its answer.</summary>
    void Answered();

    /// <summary>It has none.</summary>
    void Failed(RemoteException error);
}
