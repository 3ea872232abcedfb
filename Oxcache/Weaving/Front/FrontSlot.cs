using System.Runtime.CompilerServices;
using Oxcaching.Local;

namespace Oxcaching.Weaving;

/// <summary>One place of a front: arguments, and the L1 entry that their call was last answered from.</summary>
/// <remarks>
/// A sequence lock, so that a hit allocates nothing and locks nothing: the version is odd while somebody writes, and a reader who
/// finds another version afterwards than before has read nothing. Writers who find it odd give up: the slot is a cache.
/// </remarks>
internal struct FrontSlot<T, TArguments>
    where TArguments : struct, IFrontArguments<TArguments>
{
    private int _version;
    private LocalEntry<T>? _entry;
    private TArguments _arguments;

    /// <summary>The entry kept for the arguments, live or dead; null when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LocalEntry<T>? Find(ref readonly TArguments arguments)
    {
        var version = Volatile.Read(ref _version);
        var entry = _entry;
        if (entry is null || !_arguments.Matches(in arguments))
        {
            return null;
        }

        Volatile.ReadBarrier();
        return (version & 1) == 0 && _version == version ? entry : null;
    }

    /// <summary>Whether something is in it that L1 still stands behind.</summary>
    public readonly bool IsLive => _entry is { IsLive: true };

    public readonly bool IsEmpty => _entry is null;

    public void Keep(ref readonly TArguments arguments, LocalEntry<T> entry)
    {
        if (TryBegin(out var version))
        {
            _arguments = arguments;
            _entry = entry;
            Volatile.Write(ref _version, version + 2);
        }
    }

    /// <summary>Lets go of an entry that is dead; true when the slot is empty afterwards.</summary>
    public bool ReleaseDead()
    {
        if (_entry is { IsLive: false } && TryBegin(out var version))
        {
            if (_entry is { IsLive: false })
            {
                _entry = null;
                _arguments = default;
            }

            Volatile.Write(ref _version, version + 2);
        }

        return _entry is null;
    }

    /// <summary>Puts what is in it into another table.</summary>
    public void CopyTo(FrontTable<T, TArguments> table)
    {
        if (TryBegin(out var version))
        {
            if (_entry is { IsLive: true } entry)
            {
                table.Keep(in _arguments, entry);
            }

            Volatile.Write(ref _version, version);
        }
    }

    private bool TryBegin(out int version)
    {
        version = Volatile.Read(ref _version);
        return (version & 1) == 0 && Interlocked.CompareExchange(ref _version, version + 1, version) == version;
    }
}
