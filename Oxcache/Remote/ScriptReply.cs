using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>What a script of <see cref="Scripts"/> answered.</summary>
internal readonly record struct ScriptReply(ScriptOutcome Outcome, ReadOnlyMemory<byte> Payload)
{
    /// <exception cref="RemoteException">The reply is not one of ours.</exception>
    public static ScriptReply From(RedisResult result)
    {
        var bytes = (byte[]?)result;
        if (bytes is null or [])
        {
            throw new RemoteException(RemoteFailure.Refused, "A script answered nothing.");
        }

        return new ScriptReply((ScriptOutcome)bytes[0], bytes.AsMemory(1));
    }
}
