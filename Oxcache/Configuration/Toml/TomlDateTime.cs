namespace Oxcaching.Configuration.Toml;

/// <summary>One of the four kinds of dates and times, told apart by which parts are there.</summary>
/// <remarks>The parts are kept apart because 0001-01-01T00:00:00+01:00 is valid TOML but no DateTimeOffset.</remarks>
internal sealed class TomlDateTime(DateOnly? date, TimeOnly? time, TimeSpan? offset, TomlPosition position) : TomlValue(position)
{
    public DateOnly? Date { get; } = date;

    public TimeOnly? Time { get; } = time;

    /// <summary>From UTC; null: local.</summary>
    public TimeSpan? Offset { get; } = offset;

    public override string Kind => Date is null ? "a time" : Time is null ? "a date" : "a date-time";
}
