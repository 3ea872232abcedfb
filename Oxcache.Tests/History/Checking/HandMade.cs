namespace Oxcaching.Tests.History.Checking;

/// <summary>Operations for histories made by hand, all on one key; times are in milliseconds.</summary>
internal static class HandMade
{
    public const string Key = "k";

    public static Operation Body(int instance, long maker, double begin, double readAt, double end, long version = 1, string levels = "TwoLevel") =>
        New(OperationKind.Body, instance, begin, end) with { Value = new Stamp(Key, version, maker), ReadAt = Ms(readAt), Levels = levels };

    public static Operation Set(int instance, long maker, double begin, double end, long version = 1) =>
        New(OperationKind.Set, instance, begin, end) with { Value = new Stamp(Key, version, maker), Version = version, IsAcknowledged = true };

    public static Operation Delete(int instance, double begin, double end, long version = 0) =>
        New(OperationKind.Delete, instance, begin, end) with { Version = version, IsAcknowledged = true };

    public static Operation Clear(int instance, double begin, double end) =>
        New(OperationKind.Clear, instance, begin, end) with { Key = Operation.AllKeys, IsAcknowledged = true };

    public static Operation Get(int instance, long? maker, double begin, long version = 1) => Read(OperationKind.Get, instance, maker, begin, begin + 1, version);

    public static Operation Load(int instance, long maker, double begin, double end) => Read(OperationKind.Load, instance, maker, begin, end, 1);

    public static Operation Look(long? maker, double begin) => Read(OperationKind.Look, Operation.Redis, maker, begin, begin + 1, 1);

    public static FaultWindow Cut(int instance, double begin, double end) => new(instance, Time(begin, end), IsSilent: false, IsLasting: false, HitsCommands: false, "cut");

    public static FaultWindow Hold(int instance, double begin, double end) => new(instance, Time(begin, end), IsSilent: true, IsLasting: false, HitsCommands: false, "hold");

    public static FaultWindow BlackHole(int instance, double begin, double end, bool hitsCommands = false) =>
        new(instance, Time(begin, end), IsSilent: true, IsLasting: true, hitsCommands, "black hole");

    public static Interval Time(double begin, double end) => new(Ms(begin), Ms(end));

    private static Operation Read(OperationKind kind, int instance, long? maker, double begin, double end, long version) =>
        New(kind, instance, begin, end) with { Value = maker is { } known ? new Stamp(Key, version, known) : null };

    private static Operation New(OperationKind kind, int instance, double begin, double end) =>
        new() { Kind = kind, Instance = instance, Key = Key, Begin = Ms(begin), End = Ms(end) };

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
