using System.Buffers;

namespace Oxcaching.Serialization;

/// <summary>Turns values into L2 payloads and back.</summary>
internal interface ICacheSerializer
{
    /// <summary>Names the format in the envelope; never reused for another.</summary>
    byte Id { get; }

    void Serialize<T>(IBufferWriter<byte> target, T value);

    T? Deserialize<T>(ReadOnlySpan<byte> payload);
}
