using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Oxcaching.Weaving;

/// <summary>
/// Builds the key of one call on the stack, and spills to the array pool when it is long. Called by woven code. docs/KEYS.md has the format.
/// </summary>
/// <remarks>
/// No append ever throws: when a user's formatter does, or a value has no usable format, the key is <see cref="Failed"/> and
/// the call is to run uncached. Whoever is done with the key calls <see cref="Release"/> or <see cref="ToStringAndRelease"/>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct CacheKeyBuilder
{
    private const int InlineLength = 128;

    private char[]? _rented;
    private Exception? _error;
    private int _length;
    private int _depth;
    private InlineBuffer _inline;

    /// <summary>Starts a key.</summary>
    /// <param name="literal">What comes first.</param>
    public CacheKeyBuilder(string literal)
    {
        // Left as it is: it is written before it is read.
        Unsafe.SkipInit(out _inline);
        _rented = null;
        _error = null;
        _length = 0;
        _depth = 0;
        AppendRaw(literal);
    }

    /// <summary>Whether there is no usable key, so that the call must run uncached: see <see cref="Error"/>.</summary>
    public readonly bool Failed => _length == 0;

    /// <summary>Why there is no usable key; null if there is one.</summary>
    public readonly Exception? Error =>
        _error ?? (_length == 0 ? new FormatException("The key is empty: every value in its template is null or empty.") : null);

    /// <summary>The key so far; empty once it has <see cref="Failed"/>.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<char> AsSpan() =>
        _rented is null ? MemoryMarshal.CreateReadOnlySpan(in _inline[0], _length) : _rented.AsSpan(0, _length);

    /// <summary>Makes the key a string, and gives the buffer back.</summary>
    public string ToStringAndRelease()
    {
        var key = AsSpan().ToString();
        Release();
        return key;
    }

    /// <summary>Gives the buffer back. The key is empty afterwards; calling it again does nothing.</summary>
    public void Release()
    {
        var rented = _rented;
        _rented = null;
        _length = 0;
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    [UnscopedRef]
    private Span<char> Buffer => _rented is null ? MemoryMarshal.CreateSpan(ref _inline[0], InlineLength) : _rented;

    [UnscopedRef]
    private Span<char> Free => Buffer[_length..];

    /// <summary>Whether there is room for so many characters more, in the buffer on the stack or in a larger one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReserve(int count) => count <= (_rented is null ? InlineLength : _rented.Length) - _length || TryGrow(count);

    /// <summary>Where the next character goes. Only for what <see cref="TryReserve"/> has made room for.</summary>
    [UnscopedRef]
    private ref char End
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ref var start = ref _rented is null ? ref _inline[0] : ref MemoryMarshal.GetArrayDataReference(_rented);
            return ref Unsafe.Add(ref start, (uint)_length);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryGrow(int count)
    {
        try
        {
            var size = Math.Max(checked(_length + count), (int)Math.Min(2L * Buffer.Length, Array.MaxLength));
            var larger = ArrayPool<char>.Shared.Rent(size);
            Buffer[.._length].CopyTo(larger);
            if (_rented is not null)
            {
                ArrayPool<char>.Shared.Return(_rented);
            }

            _rented = larger;
            return true;
        }
        catch (Exception e) when (e is OutOfMemoryException or OverflowException)
        {
            Fail(e);
            return false;
        }
    }

    /// <summary>Says that the key cannot be made. What is appended afterwards is ignored.</summary>
    /// <param name="error">Why; the first one counts.</param>
    public void Fail(Exception error)
    {
        _error ??= error;
        Release();
    }

    [InlineArray(InlineLength)]
    private struct InlineBuffer
    {
        private char _first;
    }
}
