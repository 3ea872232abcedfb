namespace Oxcaching.Remote;

/// <summary>A set or a delete as it is sent.</summary>
/// <param name="Key">The key.</param>
/// <param name="Envelope">The value; null: a delete.</param>
/// <param name="Age">How long ago it was called.</param>
/// <param name="Ttl">How long the value lives from now on.</param>
internal readonly record struct RemoteWrite(RemoteKey Key, byte[]? Envelope, TimeSpan Age, TimeSpan Ttl)
{
    /// <summary>A value that has expired before it was sent still ends the one before it.</summary>
    public bool IsSet => Envelope is not null && Ttl > TimeSpan.Zero;
}
