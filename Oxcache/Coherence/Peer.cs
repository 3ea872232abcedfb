using Oxcaching.Remote;

namespace Oxcaching.Coherence;

/// <summary>Another instance, as far as its messages tell. Guarded by the owner's lock.</summary>
/// <remarks>
/// Handlers run concurrently, so a heartbeat may be handled before a message that came ahead of it. What it announces is
/// therefore held against the messages counted by the next one.
/// </remarks>
internal sealed class Peer(uint interval)
{
    private readonly int[] _received = new int[MessageLedger.Window];
    private int[]? _announced;
    private uint _newest = interval;

    /// <summary>The interval in which it was first heard: some of its messages may have passed before. Null until a heartbeat tells.</summary>
    private uint? _heardFrom = interval;
    private uint _announcedAt;

    /// <summary>When it was last heard, as a timestamp.</summary>
    public long HeardAt { get; set; }

    /// <summary>Counts one message.</summary>
    public void Received(uint interval)
    {
        MoveTo(interval);
        if (_newest - interval < MessageLedger.Window)
        {
            _received[interval % MessageLedger.Window]++;
        }
    }

    /// <summary>Takes in a heartbeat; returns whether messages announced by the one before are missing.</summary>
    public bool Misses(uint interval, int[] announced)
    {
        MoveTo(interval);
        _heardFrom ??= interval;
        var missing = _announced is not null && FellShort(_heardFrom.Value);
        if (_announced is null || !IsBefore(interval, _announcedAt))
        {
            (_announced, _announcedAt) = (announced, interval);
        }

        return missing;
    }

    /// <summary>Holds nothing against it from before its next heartbeat: what was missed is known, and nobody knows how far it is by now.</summary>
    public void Forgive() => (_announced, _heardFrom) = (null, null);

    private bool FellShort(uint heardFrom)
    {
        for (var age = 1u; age < MessageLedger.Window; age++)
        {
            var interval = _announcedAt - age;
            if (IsBefore(heardFrom, interval) && _newest - interval < MessageLedger.Window && _received[interval % MessageLedger.Window] < _announced![interval % MessageLedger.Window])
            {
                return true;
            }
        }

        return false;
    }

    private void MoveTo(uint interval)
    {
        if (!IsBefore(_newest, interval))
        {
            return;
        }

        for (var steps = Math.Min(interval - _newest, MessageLedger.Window); steps > 0; steps--)
        {
            _received[(interval - steps + 1) % MessageLedger.Window] = 0;
        }

        _newest = interval;
    }

    /// <summary>Intervals are counted round.</summary>
    private static bool IsBefore(uint interval, uint other) => other - interval - 1 < uint.MaxValue / 2;
}
