using System.ComponentModel;

namespace Oxcaching.Weaving;

/// <summary>No argument, in the front of a cached method. Made by woven code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FrontArguments : IFrontArguments<FrontArguments>
{
    /// <inheritdoc/>
    public static bool AreComparable => true;

    /// <inheritdoc/>
    public bool Matches(ref readonly FrontArguments other) => true;

    /// <inheritdoc/>
    public uint Hash() => 0;
}
