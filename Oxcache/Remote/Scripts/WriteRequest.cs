using Oxcaching.Configuration;
using Oxcaching.Timing;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>Sets and deletes as <see cref="Scripts.Write"/> is given them, at the time when they are sent.</summary>
internal sealed class WriteRequest
{
    private const int ArgumentsBefore = 7;
    private const int ArgumentsPerKey = 2;

    private readonly IReadOnlyList<RemoteWrite> _writes;
    private readonly (long AsOf, long Span)[] _calls;
    private readonly RedisValue[] _arguments;
    private readonly ClearMark _lastClear;

    /// <param name="writes">The writes.</param>
    /// <param name="lastClear">What they have to yield to where nothing stands.</param>
    /// <param name="clock">The clock of the primary that has their keys.</param>
    /// <param name="rules">The protocol's.</param>
    public WriteRequest(IReadOnlyList<RemoteWrite> writes, ClearMark lastClear, RedisClock clock, ProtocolRules rules)
    {
        (_writes, _lastClear) = (writes, lastClear);
        _calls = new (long, long)[writes.Count];
        _arguments = new RedisValue[ArgumentsBefore + (writes.Count * ArgumentsPerKey)];
        var (now, error) = (clock.Now, clock.Error);
        long? lastTtl = null;
        for (var i = 0; i < writes.Count; i++)
        {
            var (write, at) = (writes[i], ArgumentsBefore + (i * ArgumentsPerKey));
            var (called, expiry, calledError) = TimesOf(write, clock);
            _calls[i] = Bounds(rules.WritesKeepTheirTime ? (called, calledError) : (now, error), rules);

            // A value that has expired before it is sent still ends the one before it.
            var ttl = (expiry - now) / 1000;
            var isSet = write.Envelope is not null && ttl > 0;
            _arguments[at] = Head.CallText(write.Nonce, _calls[i].AsOf, _calls[i].Span, isSet && ttl != lastTtl ? ttl : null);
            _arguments[at + 1] = isSet ? write.Envelope : RedisValue.EmptyString;
            lastTtl = isSet ? ttl : lastTtl;
        }
    }

    /// <summary>The keys, in their order, and that of the last clear's mark.</summary>
    public RedisKey[] Keys
    {
        get
        {
            var keys = new RedisKey[_writes.Count + (_lastClear.Key is null ? 0 : 1)];
            for (var i = 0; i < _writes.Count; i++)
            {
                keys[i] = _writes[i].Key.Redis;
            }

            if (_lastClear.Key is { } mark)
            {
                keys[^1] = mark;
            }

            return keys;
        }
    }

    /// <param name="notAfter">When the script changes nothing any more, by Redis's clock in microseconds.</param>
    /// <param name="absence">For how many ms after a write nothing there means that nothing was there since; null: the writes yield to nothing.</param>
    /// <param name="inDoubt">What to do with a set that is neither later nor earlier than what stands there.</param>
    /// <param name="tombstoneLife">In ms.</param>
    /// <param name="channel">Where to announce them; empty: nowhere.</param>
    /// <param name="message">The message, up to the script's answer.</param>
    public RedisValue[] Arguments(long notAfter, long? absence, ScriptOutcome inDoubt, long tombstoneLife, string channel, byte[] message)
    {
        _arguments[0] = Head.TimeText(notAfter);
        _arguments[1] = absence ?? RedisValue.EmptyString;
        _arguments[2] = ((char)inDoubt).ToString();
        _arguments[3] = tombstoneLife;
        _arguments[4] = channel;
        _arguments[5] = message;
        _arguments[6] = _lastClear.Head;
        return _arguments;
    }

    /// <exception cref="RemoteException">The reply does not say what came of each.</exception>
    public RemoteWritten[] Read(ScriptReply reply)
    {
        var written = new RemoteWritten[_writes.Count];
        var isAnswer = WriteAnswers.TryRead(reply, out var answers);
        for (var i = 0; i < written.Length; i++)
        {
            if (!isAnswer || !answers.TryNext(_writes[i].Nonce, _calls[i].AsOf, _calls[i].Span, out written[i]))
            {
                throw new RemoteException(RemoteFailure.Refused, "A script did not answer what came of each write.");
            }
        }

        return written;
    }

    /// <summary>The earliest time it may be, and how much later it may be.</summary>
    private static (long AsOf, long Span) Bounds((long Micros, long Error) time, ProtocolRules rules) =>
        rules.ClocksAreDoubted ? (Math.Max(time.Micros - time.Error, 0), Math.Min(2 * time.Error, Head.LargestSpan)) : (time.Micros, 0);

    /// <summary>When it was called, when its value expires, and the most that both can be wrong.</summary>
    private static (long Called, long Expiry, long Error) TimesOf(RemoteWrite write, RedisClock clock)
    {
        if (write.Stamp != 0)
        {
            return (write.Stamp, write.Expiry, write.StampError);
        }

        var called = write.Call.By(clock);
        return (called.Micros, called.Micros + (long)write.Ttl.TotalMicroseconds, called.Error);
    }
}
