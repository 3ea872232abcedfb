using System.ComponentModel;

namespace Oxcaching.Weaving;

/// <summary>Two arguments, in the front of a cached method. Made by woven code.</summary>
/// <typeparam name="T1">The type of the first argument.</typeparam>
/// <typeparam name="T2">The type of the second argument.</typeparam>
/// <param name="first">The first argument.</param>
/// <param name="second">The second argument.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FrontArguments<T1, T2>(T1 first, T2 second) : IFrontArguments<FrontArguments<T1, T2>>
{
    private readonly T1 _first = first;
    private readonly T2 _second = second;

    /// <inheritdoc/>
    public static bool AreComparable => FrontArgument<T1>.IsComparable && FrontArgument<T2>.IsComparable;

    /// <inheritdoc/>
    public bool Matches(ref readonly FrontArguments<T1, T2> other) =>
        FrontArgument<T1>.Matches(in _first, in other._first)
        && FrontArgument<T2>.Matches(in _second, in other._second);

    /// <inheritdoc/>
    public uint Hash() => (uint)FrontArgument<T2>.Mix(FrontArgument<T1>.Mix(0, in _first), in _second);
}
