namespace System;

/// <summary>As in later frameworks, as far as the compiler needs it.</summary>
internal readonly struct Index
{
    private readonly int _value;
    private readonly bool _fromEnd;

    public Index(int value, bool fromEnd = false)
    {
        _value = value;
        _fromEnd = fromEnd;
    }

    public static implicit operator Index(int value) => new(value);

    public int GetOffset(int length) => _fromEnd ? length - _value : _value;
}
