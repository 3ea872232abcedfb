namespace Oxcaching.Remote;

/// <summary>What <see cref="Scripts.Write"/> answers: a letter, its time, and for each write a letter and the head that stands there now, unless that follows from what was sent.</summary>
internal struct WriteAnswers
{
    private readonly long _time;
    private ReadOnlyMemory<byte> _rest;

    private WriteAnswers(long time, ReadOnlyMemory<byte> rest) => (_time, _rest) = (time, rest);

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>False for what is no such answer from the start.</summary>
    public static bool TryRead(ScriptReply reply, out WriteAnswers answers)
    {
        answers = default;
        if (reply.Outcome != ScriptOutcome.Stored || !Head.TryParseTime(reply.Payload.Span, out var time))
        {
            return false;
        }

        answers = new WriteAnswers(time, reply.Payload[Head.TimeLength..]);
        return true;
    }

    /// <summary>What came of the next write; false where the answer does not say.</summary>
    /// <param name="nonce">The write's.</param>
    /// <param name="asOf">When it was called, at the earliest.</param>
    /// <param name="span">How much later it may have been.</param>
    /// <param name="written">What came of it.</param>
    public bool TryNext(ulong nonce, long asOf, long span, out RemoteWritten written)
    {
        written = default;
        if (_rest.IsEmpty)
        {
            return false;
        }

        var outcome = (ScriptOutcome)_rest.Span[0];
        _rest = _rest[1..];
        if (outcome == ScriptOutcome.AsSent)
        {
            written = new RemoteWritten(ScriptOutcome.Stored, new Head(_time, RecordKind.Value, nonce, asOf, span));
            return true;
        }

        if (!Enum.IsDefined(outcome) || !Head.TryParse(_rest.Span, out var head))
        {
            return false;
        }

        _rest = _rest[Head.Length..];
        written = new RemoteWritten(outcome, head);
        return true;
    }
}
