using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Oxcaching.Weaving;

/// <content>Values whose text needs no length.</content>
public ref partial struct CacheKeyBuilder
{
    /// <summary>
    /// Writes a value of a type whose text ends where a ':' or the key ends, so that it needs no length. The JIT keeps of this the
    /// one line for T; unlike a cast to the interface, it makes no box in code that is not optimized yet.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryAppendPlain<T>(ref T value)
    {
        if (typeof(T) == typeof(int))
        {
            AppendInteger(Unsafe.As<T, int>(ref value));
        }
        else if (typeof(T) == typeof(long))
        {
            AppendInteger(Unsafe.As<T, long>(ref value));
        }
        else if (typeof(T) == typeof(Guid))
        {
            AppendPlain(Unsafe.As<T, Guid>(ref value));
        }
        else if (typeof(T) == typeof(sbyte))
        {
            AppendInteger(Unsafe.As<T, sbyte>(ref value));
        }
        else if (typeof(T) == typeof(byte))
        {
            AppendInteger(Unsafe.As<T, byte>(ref value));
        }
        else if (typeof(T) == typeof(short))
        {
            AppendInteger(Unsafe.As<T, short>(ref value));
        }
        else if (typeof(T) == typeof(ushort))
        {
            AppendInteger(Unsafe.As<T, ushort>(ref value));
        }
        else if (typeof(T) == typeof(uint))
        {
            AppendInteger(Unsafe.As<T, uint>(ref value));
        }
        else if (typeof(T) == typeof(ulong))
        {
            AppendPlain(Unsafe.As<T, ulong>(ref value));
        }
        else if (typeof(T) == typeof(nint))
        {
            AppendPlain(Unsafe.As<T, nint>(ref value));
        }
        else if (typeof(T) == typeof(nuint))
        {
            AppendPlain(Unsafe.As<T, nuint>(ref value));
        }
        else if (typeof(T) == typeof(Int128))
        {
            AppendPlain(Unsafe.As<T, Int128>(ref value));
        }
        else if (typeof(T) == typeof(UInt128))
        {
            AppendPlain(Unsafe.As<T, UInt128>(ref value));
        }
        else if (typeof(T) == typeof(BigInteger))
        {
            AppendPlain(Unsafe.As<T, BigInteger>(ref value));
        }
        else if (typeof(T) == typeof(Half))
        {
            AppendPlain(Unsafe.As<T, Half>(ref value));
        }
        else if (typeof(T) == typeof(float))
        {
            AppendPlain(Unsafe.As<T, float>(ref value));
        }
        else if (typeof(T) == typeof(double))
        {
            AppendPlain(Unsafe.As<T, double>(ref value));
        }
        else if (typeof(T) == typeof(decimal))
        {
            AppendPlain(Unsafe.As<T, decimal>(ref value));
        }
        else if (typeof(T) == typeof(TimeSpan))
        {
            AppendPlain(Unsafe.As<T, TimeSpan>(ref value));
        }
        else if (typeof(T) == typeof(DateTime))
        {
            AppendPlain(Unsafe.As<T, DateTime>(ref value), "O");
        }
        else if (typeof(T) == typeof(DateTimeOffset))
        {
            AppendPlain(Unsafe.As<T, DateTimeOffset>(ref value), "O");
        }
        else if (typeof(T) == typeof(DateOnly))
        {
            AppendPlain(Unsafe.As<T, DateOnly>(ref value), "O");
        }
        else if (typeof(T) == typeof(TimeOnly))
        {
            AppendPlain(Unsafe.As<T, TimeOnly>(ref value), "O");
        }
        else
        {
            return false;
        }

        return true;
    }

    private void AppendInteger(long value)
    {
        if (TryReserve(Decimals.Longest))
        {
            _length += Decimals.Write(ref End, value);
        }
    }

    private void AppendPlain<T>(T value, string? specifier = null)
        where T : ISpanFormattable
    {
        if (value.TryFormat(Free, out var written, specifier, CultureInfo.InvariantCulture))
        {
            _length += written;
        }
        else
        {
            AppendRaw(value.ToString(specifier, CultureInfo.InvariantCulture));
        }
    }
}
