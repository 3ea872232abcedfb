namespace Oxcaching.Remote;

/// <summary>The first letter of a script's reply.</summary>
internal enum ScriptOutcome : byte
{
    /// <summary>Stored; the head that stands there now follows.</summary>
    Stored = (byte)'S',

    /// <summary>Stored with the version that is the script's time, and otherwise as it was sent; nothing follows.</summary>
    AsSent = (byte)'s',

    /// <summary>The key has changed meanwhile; nothing was stored.</summary>
    Refused = (byte)'R',

    /// <summary>The command ran after its not_after and changed nothing; Redis's time follows.</summary>
    Late = (byte)'L',

    /// <summary>A tombstone stands where a live value stood; its head follows.</summary>
    Deleted = (byte)'D',

    /// <summary>A tombstone stands where no live value stood; its head follows.</summary>
    NothingThere = (byte)'N',

    /// <summary>What stands there is newer than the write, and stays; its head follows.</summary>
    Obsolete = (byte)'O',

    /// <summary>Redis has no room for the value; what stood there is gone.</summary>
    Full = (byte)'F',
}
