using System.Diagnostics;

namespace Oxcaching.Tests.Faults;

/// <summary>What came from one end in one read: bytes, or the end of the stream.</summary>
internal sealed record Chunk(ReadOnlyMemory<byte> Bytes, bool IsReset = false)
{
    public bool IsEnd => Bytes.IsEmpty;

    public TimeSpan Age => Stopwatch.GetElapsedTime(_readAt);

    private readonly long _readAt = Stopwatch.GetTimestamp();
}
