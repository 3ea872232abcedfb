namespace System;

/// <summary>As in later frameworks, as far as the TOML reader needs it.</summary>
internal readonly struct TimeOnly
{
    private readonly TimeSpan _value;

    public TimeOnly(int hour, int minute, int second)
        : this(new TimeSpan(hour, minute, second))
    {
    }

    private TimeOnly(TimeSpan value) => _value = value;

    public TimeOnly Add(TimeSpan value) => new(_value + value);

    public override string ToString() => _value.ToString();
}
