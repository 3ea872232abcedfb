using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Oxcaching.Local;

namespace Oxcaching.Weaving;

/// <summary>A woven method's site that answers hits by the arguments of the call, before any key is built. Made by woven code. Thread-safe.</summary>
/// <typeparam name="T">The result of the method.</typeparam>
/// <typeparam name="TArguments">The arguments that are in the key.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FrontedMethod<T, TArguments> : CachedMethod<T>
    where TArguments : struct, IFrontArguments<TArguments>
{
    private MethodFront<T, TArguments>? _front;

    /// <inheritdoc/>
    public FrontedMethod(string service, string method, int ttlSeconds, CacheType cacheType, bool cacheNull)
        : base(service, method, ttlSeconds, cacheType, cacheNull)
    {
    }

    /// <summary>Asks the front.</summary>
    /// <param name="arguments">The call's arguments.</param>
    /// <param name="hit">A completed task with the value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetTask(ref TArguments arguments, [NotNullWhen(true)] out Task<T>? hit)
    {
        if (FindInFront(ref arguments) is { } entry)
        {
            hit = entry.Task;
            return true;
        }

        hit = null;
        return false;
    }

    /// <summary>Asks L1, and keeps in the front what it answers with. A hit releases the key.</summary>
    /// <param name="key">The call's key.</param>
    /// <param name="arguments">The call's arguments.</param>
    /// <param name="hit">A completed task with the value.</param>
    public bool TryGetTask(ref CacheKeyBuilder key, ref TArguments arguments, [NotNullWhen(true)] out Task<T>? hit)
    {
        if (FindBehind(ref key, ref arguments) is { } entry)
        {
            hit = entry.Task;
            return true;
        }

        hit = null;
        return false;
    }

    /// <summary>Asks the front.</summary>
    /// <param name="arguments">The call's arguments.</param>
    /// <param name="hit">A completed task with the value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetValueTask(ref TArguments arguments, out ValueTask<T> hit)
    {
        if (FindInFront(ref arguments) is { } entry)
        {
            hit = new(entry.Value);
            return true;
        }

        hit = default;
        return false;
    }

    /// <summary>Asks L1, and keeps in the front what it answers with. A hit releases the key.</summary>
    /// <param name="key">The call's key.</param>
    /// <param name="arguments">The call's arguments.</param>
    /// <param name="hit">A completed task with the value.</param>
    public bool TryGetValueTask(ref CacheKeyBuilder key, ref TArguments arguments, out ValueTask<T> hit)
    {
        if (FindBehind(ref key, ref arguments) is { } entry)
        {
            hit = new(entry.Value);
            return true;
        }

        hit = default;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LocalEntry<T>? FindInFront(ref TArguments arguments)
    {
        var front = _front;
        return front is not null && ReferenceEquals(front.Manager, Oxcache.Current) ? front.Find(in arguments) : null;
    }

    private LocalEntry<T>? FindBehind(ref CacheKeyBuilder key, ref TArguments arguments)
    {
        var binding = Binding;
        var entry = Find(binding, ref key);

        // An entry that cannot tell whether it lives, as those of the "lru" engine, is nothing for a front.
        if (entry is { IsLive: true } && TArguments.AreComparable)
        {
            FrontFor(binding)?.Keep(in arguments, entry);
        }

        return entry;
    }

    /// <summary>The front before the binding's L1; null when another Init has made that a thing of the past.</summary>
    private MethodFront<T, TArguments>? FrontFor(MethodBinding binding)
    {
        var front = _front;
        if (front is not null && ReferenceEquals(front.Manager, binding.Manager))
        {
            return front;
        }

        var made = new MethodFront<T, TArguments>(binding.Manager!, binding.Front!);
        var now = Interlocked.CompareExchange(ref _front, made, front);
        if (now == front)
        {
            // By the one of several first hits at once that made it: no other is ever attached.
            binding.Front!.Attach(made);
            return made;
        }

        return ReferenceEquals(now!.Manager, binding.Manager) ? now : null;
    }
}
