namespace Oxcaching.Remote;

/// <summary>What stands under a key in L2.</summary>
internal enum RecordKind : byte
{
    Value = (byte)'V',

    /// <summary>The mark of a load: who fills the key must find it unchanged.</summary>
    Lease = (byte)'L',

    /// <summary>The mark of a delete.</summary>
    Tombstone = (byte)'T',
}
