using System.ComponentModel;

namespace Oxcaching.Weaving;

/// <summary>Four arguments, in the front of a cached method. Made by woven code.</summary>
/// <typeparam name="T1">The type of the first argument.</typeparam>
/// <typeparam name="T2">The type of the second argument.</typeparam>
/// <typeparam name="T3">The type of the third argument.</typeparam>
/// <typeparam name="T4">The type of the fourth argument.</typeparam>
/// <param name="first">The first argument.</param>
/// <param name="second">The second argument.</param>
/// <param name="third">The third argument.</param>
/// <param name="fourth">The fourth argument.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FrontArguments<T1, T2, T3, T4>(T1 first, T2 second, T3 third, T4 fourth) : IFrontArguments<FrontArguments<T1, T2, T3, T4>>
{
    private readonly T1 _first = first;
    private readonly T2 _second = second;
    private readonly T3 _third = third;
    private readonly T4 _fourth = fourth;

    /// <inheritdoc/>
    public static bool AreComparable => FrontArgument<T1>.IsComparable && FrontArgument<T2>.IsComparable && FrontArgument<T3>.IsComparable && FrontArgument<T4>.IsComparable;

    /// <inheritdoc/>
    public bool Matches(ref readonly FrontArguments<T1, T2, T3, T4> other) =>
        FrontArgument<T1>.Matches(in _first, in other._first)
        && FrontArgument<T2>.Matches(in _second, in other._second)
        && FrontArgument<T3>.Matches(in _third, in other._third)
        && FrontArgument<T4>.Matches(in _fourth, in other._fourth);

    /// <inheritdoc/>
    public uint Hash()
    {
        var hash = FrontArgument<T1>.Mix(0, in _first);
        hash = FrontArgument<T2>.Mix(hash, in _second);
        hash = FrontArgument<T3>.Mix(hash, in _third);
        hash = FrontArgument<T4>.Mix(hash, in _fourth);
        return (uint)hash;
    }
}
