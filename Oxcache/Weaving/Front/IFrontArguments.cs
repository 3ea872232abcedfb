using System.ComponentModel;

namespace Oxcaching.Weaving;

/// <summary>The arguments of a call that are in its key, as a method's front compares and hashes them. Implemented here alone.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IFrontArguments<TSelf>
    where TSelf : struct, IFrontArguments<TSelf>
{
    /// <summary>Whether every argument is of a type whose equal values are known to give equal keys.</summary>
    static abstract bool AreComparable { get; }

    /// <summary>Whether the arguments are the same, bit by bit. False for equal ones costs a lookup; true for different ones never happens.</summary>
    /// <param name="other">The others.</param>
    bool Matches(ref readonly TSelf other);

    /// <summary>A hash of the arguments; never stored, and of no use to anybody else.</summary>
    uint Hash();
}
