using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Oxcaching.Weaving;

/// <summary>Writes whole numbers as the invariant culture does. Most keys end in one, and the way through a formatter takes twice as long.</summary>
internal static class Decimals
{
    /// <summary>The characters of <see cref="long.MinValue"/>.</summary>
    public const int Longest = 20;

    private const string Pairs =
        "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869" +
        "707172737475767778798081828384858687888990919293949596979899";

    private static ReadOnlySpan<uint> PowersOfTen => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary>Writes a number where there is room for the longest.</summary>
    /// <returns>How many characters it took.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(ref char to, long value) => (ulong)value <= uint.MaxValue ? Write(ref to, (uint)value) : WriteLong(ref to, value);

    /// <summary>Two digits at a time, from the last.</summary>
    private static int Write(ref char to, uint value)
    {
        var length = LengthOf(value);
        ref var at = ref Unsafe.Add(ref to, length);
        while (value >= 100)
        {
            var (rest, pair) = Math.DivRem(value, 100);
            at = ref Unsafe.Subtract(ref at, 2);
            WritePair(ref at, pair);
            value = rest;
        }

        if (value >= 10)
        {
            WritePair(ref to, value);
        }
        else
        {
            to = (char)('0' + value);
        }

        return length;
    }

    private static int WriteLong(ref char to, long value)
    {
        _ = value.TryFormat(MemoryMarshal.CreateSpan(ref to, Longest), out var length, default, CultureInfo.InvariantCulture);
        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WritePair(ref char to, uint pair)
    {
        ref var pairs = ref Unsafe.As<char, uint>(ref MemoryMarshal.GetReference(Pairs.AsSpan()));
        Unsafe.WriteUnaligned(ref Unsafe.As<char, byte>(ref to), Unsafe.Add(ref pairs, pair));
    }

    private static int LengthOf(uint value)
    {
        // 1233 / 4096 is the logarithm of 2 to the base of 10, near enough for 32 bits.
        var length = (BitOperations.Log2(value | 1) + 1) * 1233 >> 12;
        return value < PowersOfTen[length] ? Math.Max(length, 1) : length + 1;
    }
}
