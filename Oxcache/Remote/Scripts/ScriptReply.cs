using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>What a script of <see cref="Scripts"/> answered.</summary>
internal readonly record struct ScriptReply(ScriptOutcome Outcome, ReadOnlyMemory<byte> Payload)
{
    /// <exception cref="RemoteException">The reply is not one of ours.</exception>
    public static ScriptReply From(RedisResult result) =>
        TryRead((byte[]?)result, out var reply) ? reply : throw new RemoteException(RemoteFailure.Refused, "A script answered nothing.");

    /// <summary>False where there is none.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out ScriptReply reply)
    {
        reply = bytes.IsEmpty ? default : new ScriptReply((ScriptOutcome)bytes.Span[0], bytes[1..]);
        return !bytes.IsEmpty;
    }
}
