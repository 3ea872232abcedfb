using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Oxcaching.Local;

namespace Oxcaching.Weaving;

/// <summary>Compares and hashes one argument without boxing it. The JIT keeps the one branch for T.</summary>
/// <remarks>
/// By its bits, for equality says too much: 0.0 equals -0.0, 1.0m equals 1.00m, and times of different kinds are equal, though
/// their keys differ. Padding may make the same value look like another; that costs a lookup and no more.
/// </remarks>
internal static class FrontArgument<T>
{
    /// <summary>Strings, and values without references in them.</summary>
    public static readonly bool IsComparable = typeof(T) == typeof(string) || !RuntimeHelpers.IsReferenceOrContainsReferences<T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Matches(ref readonly T left, ref readonly T right)
    {
        if (typeof(T) == typeof(string))
        {
            return string.Equals(Unsafe.As<T, string>(ref Unsafe.AsRef(in left)), Unsafe.As<T, string>(ref Unsafe.AsRef(in right)));
        }

        return Unsafe.SizeOf<T>() switch
        {
            sizeof(byte) => As<byte>(in left) == As<byte>(in right),
            sizeof(ushort) => As<ushort>(in left) == As<ushort>(in right),
            sizeof(uint) => As<uint>(in left) == As<uint>(in right),
            sizeof(ulong) => As<ulong>(in left) == As<ulong>(in right),
            _ => Bytes(in left).SequenceEqual(Bytes(in right)),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong hash, ref readonly T value)
    {
        const ulong Odd = 0x9E3779B97F4A7C15;
        var bits = Bits(in value) ^ hash;
        bits *= Odd;
        return bits ^ (bits >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(ref readonly T value)
    {
        if (typeof(T) == typeof(string))
        {
            return KeyHash.Of(Unsafe.As<T, string>(ref Unsafe.AsRef(in value)));
        }

        return Unsafe.SizeOf<T>() switch
        {
            sizeof(byte) => As<byte>(in value),
            sizeof(ushort) => As<ushort>(in value),
            sizeof(uint) => As<uint>(in value),
            sizeof(ulong) => As<ulong>(in value),
            _ => KeyHash.Of(MemoryMarshal.Cast<byte, char>(Bytes(in value))),
        };
    }

    private static TBits As<TBits>(ref readonly T value)
        where TBits : unmanaged => Unsafe.As<T, TBits>(ref Unsafe.AsRef(in value));

    private static ReadOnlySpan<byte> Bytes(ref readonly T value) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in value)), Unsafe.SizeOf<T>());
}
