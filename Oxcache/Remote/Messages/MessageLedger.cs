namespace Oxcaching.Remote;

/// <summary>How many of an instance's messages Redis has acknowledged, by the interval between heartbeats that they were sent in. Thread-safe.</summary>
/// <remarks>
/// Invariant: a count never says more than was published. So a receiver that has counted fewer messages of an interval, all of
/// which it was listening, has missed some.
/// </remarks>
internal sealed class MessageLedger
{
    /// <summary>For how many intervals it counts: an acknowledgement that takes longer than these is not counted.</summary>
    public const int Window = 16;

    private readonly int[] _counts = new int[Window];
    private readonly Lock _lock = new();
    private uint _interval;

    /// <summary>What a message that is sent now carries.</summary>
    public uint Interval => Volatile.Read(ref _interval);

    /// <summary>Messages that were sent in an interval have been published.</summary>
    public void Acknowledge(uint interval, int messages)
    {
        lock (_lock)
        {
            if (_interval - interval < Window)
            {
                _counts[interval % Window] += messages;
            }
        }
    }

    /// <summary>Begins the next interval, and returns the count of each one up to it: at [i], that of <c>interval % Window == i</c>.</summary>
    public (uint Interval, int[] Counts) Advance()
    {
        lock (_lock)
        {
            var interval = _interval + 1;
            _counts[interval % Window] = 0;
            Volatile.Write(ref _interval, interval);
            return (interval, [.. _counts]);
        }
    }
}
