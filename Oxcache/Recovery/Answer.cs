using Oxcaching.Remote;

namespace Oxcaching.Recovery;

/// <summary>What came of a call to L2: its value, or why there is none.</summary>
internal readonly struct Answer<T>
{
    private Answer(T? value, bool hasValue, RemoteException? error)
    {
        Value = value;
        HasValue = hasValue;
        Error = error;
    }

    /// <summary>The call was not made, because Redis is down.</summary>
    public static Answer<T> Skipped => default;

    public T? Value { get; }

    public bool HasValue { get; }

    /// <summary>Null when there is a value, and when the call was not made.</summary>
    public RemoteException? Error { get; }

    public static Answer<T> Of(T value) => new(value, true, null);

    /// <summary>No value, for the reason that another call had none: an error, or that it was not made.</summary>
    public static Answer<T> Without(RemoteException? error) => new(default, false, error);
}
