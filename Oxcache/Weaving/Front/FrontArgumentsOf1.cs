using System.ComponentModel;

namespace Oxcaching.Weaving;

/// <summary>One argument, in the front of a cached method. Made by woven code.</summary>
/// <typeparam name="T1">The type of the first argument.</typeparam>
/// <param name="first">The first argument.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FrontArguments<T1>(T1 first) : IFrontArguments<FrontArguments<T1>>
{
    private readonly T1 _first = first;

    /// <inheritdoc/>
    public static bool AreComparable => FrontArgument<T1>.IsComparable;

    /// <inheritdoc/>
    public bool Matches(ref readonly FrontArguments<T1> other) => FrontArgument<T1>.Matches(in _first, in other._first);

    /// <inheritdoc/>
    public uint Hash() => (uint)FrontArgument<T1>.Mix(0, in _first);
}
