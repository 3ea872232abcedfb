using System.Numerics;
using System.Runtime.InteropServices;

namespace Oxcaching.Remote;

/// <summary>A number for a type's full name, the same in every process and version of its assembly.</summary>
/// <remarks>
/// JSON of one type often reads as another without an error, with defaults in place of what is missing. With this in the
/// envelope, a value stored as another type is a miss in L2 as it is in L1.
/// </remarks>
internal static class TypeFingerprint<T>
{
    public static readonly uint Value = Of(typeof(T).ToString());

    private static uint Of(string name)
    {
        var crc = 0u;
        foreach (var unit in MemoryMarshal.Cast<char, ushort>(name.AsSpan()))
        {
            crc = BitOperations.Crc32C(crc, unit);
        }

        return crc;
    }
}
