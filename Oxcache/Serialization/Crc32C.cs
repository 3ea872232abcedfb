using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Oxcaching.Serialization;

/// <summary>The CRC-32C (Castagnoli) of bytes.</summary>
internal static class Crc32C
{
    /// <param name="bytes">What to check.</param>
    /// <param name="previous">The CRC of what came before the bytes, to go on from.</param>
    public static uint Of(ReadOnlySpan<byte> bytes, uint previous = 0)
    {
        var crc = ~previous;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return ~crc;
    }
}
