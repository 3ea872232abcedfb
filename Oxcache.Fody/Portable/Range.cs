namespace System;

/// <summary>As in later frameworks, as far as the compiler needs it.</summary>
internal readonly struct Range
{
    public Range(Index start, Index end)
    {
        Start = start;
        End = end;
    }

    public Index Start { get; }

    public Index End { get; }
}
