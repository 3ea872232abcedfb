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

    /// <summary>Reads it as a letter and a head for each of so many writes.</summary>
    /// <exception cref="RemoteException">It is not.</exception>
    public RemoteWritten[] ToWritten(int count)
    {
        var written = new RemoteWritten[count];
        var outcome = Outcome;
        var rest = Payload.Span;
        for (var i = 0; i < count; i++)
        {
            if (!Head.TryParse(rest, out var head))
            {
                throw new RemoteException(RemoteFailure.Refused, "A script answered without a head.");
            }

            written[i] = new RemoteWritten(outcome, head);
            rest = rest[Head.Length..];
            if (!rest.IsEmpty)
            {
                outcome = (ScriptOutcome)rest[0];
                rest = rest[1..];
            }
        }

        return written;
    }
}
