using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Oxcaching.Weaving;

/// <summary>Slots by the hash of their arguments; a call may be in the slot of its hash or in the one beside it.</summary>
internal sealed class FrontTable<T, TArguments>(int size)
    where TArguments : struct, IFrontArguments<TArguments>
{
    private readonly FrontSlot<T, TArguments>[] _slots = new FrontSlot<T, TArguments>[size];
    private readonly uint _mask = (uint)size - 1;
    private int _conflicts;

    public int Size => _slots.Length;

    /// <summary>Whether it has turned away about as many calls as it has slots.</summary>
    public bool IsCrowded => _conflicts > _slots.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Local.LocalEntry<T>? Find(ref readonly TArguments arguments)
    {
        var at = arguments.Hash() & _mask;
        return At(at).Find(in arguments) ?? At(at ^ 1).Find(in arguments);
    }

    /// <summary>Keeps an entry in a free slot, else now and then in the place of another.</summary>
    public void Keep(ref readonly TArguments arguments, Local.LocalEntry<T> entry)
    {
        var at = arguments.Hash() & _mask;
        ref var first = ref At(at);
        ref var second = ref At(at ^ 1);
        if (!first.IsLive)
        {
            first.Keep(in arguments, entry);
        }
        else if (!second.IsLive)
        {
            second.Keep(in arguments, entry);
        }
        else if ((++_conflicts & 3) == 0)
        {
            // Racy, as the count may be: which of the two gives way is no matter.
            (((_conflicts & 4) == 0) ? ref first : ref second).Keep(in arguments, entry);
        }
    }

    /// <summary>Lets go of entries that are dead.</summary>
    public void ReleaseDead()
    {
        foreach (ref var slot in _slots.AsSpan())
        {
            slot.ReleaseDead();
        }
    }

    public FrontTable<T, TArguments> Doubled()
    {
        var larger = new FrontTable<T, TArguments>(_slots.Length * 2);
        foreach (ref var slot in _slots.AsSpan())
        {
            slot.CopyTo(larger);
        }

        return larger;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref FrontSlot<T, TArguments> At(uint index) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), index);
}
