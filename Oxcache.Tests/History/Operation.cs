using System.Globalization;

namespace Oxcaching.Tests.History;

/// <summary>One call, with its times since the run began.</summary>
internal sealed record Operation
{
    /// <summary>Stands for Redis in <see cref="Instance"/>.</summary>
    public const int Redis = -1;

    /// <summary>Stands for all keys in <see cref="Key"/>.</summary>
    public const string AllKeys = "*";

    public required OperationKind Kind { get; init; }

    public required int Instance { get; init; }

    public required string Key { get; init; }

    public required TimeSpan Begin { get; init; }

    public required TimeSpan End { get; init; }

    /// <summary>What was read, set or made; null for a miss.</summary>
    public Stamp? Value { get; init; }

    /// <summary>Whether Redis acknowledged a write.</summary>
    public bool IsAcknowledged { get; init; }

    /// <summary>The register's version when a write began.</summary>
    public long Version { get; init; }

    /// <summary>When a body had read the register.</summary>
    public TimeSpan ReadAt { get; init; }

    /// <summary>The levels that a load asks for.</summary>
    public string Levels { get; init; } = nameof(CacheType.TwoLevel);

    /// <summary>The head of the record that a look found.</summary>
    public string? Head { get; init; }

    public bool IsRead => Kind is OperationKind.Get or OperationKind.Load or OperationKind.Look;

    public bool IsWrite => Kind is OperationKind.Set or OperationKind.Delete or OperationKind.Clear;

    public bool Concerns(string key) => Key == key || Key == AllKeys;

    public override string ToString()
    {
        var who = Instance == Redis ? "redis" : string.Create(CultureInfo.InvariantCulture, $"{Instance,5}");
        var what = Kind switch
        {
            OperationKind.Body => $"made {Value} of what it read at {Milliseconds(ReadAt)}",
            _ when IsRead => $"saw {(Value is { } seen ? seen.ToString() : "nothing")}",
            _ => $"{Value} at version {Version}{(IsAcknowledged ? "" : ", NOT acknowledged by Redis")}",
        };
        return $"{Milliseconds(Begin)} … {Milliseconds(End)} {who} {Kind,-6} {Key} {what}{(Levels == nameof(CacheType.L2) ? " (past L1)" : "")} {Head}".TrimEnd();
    }

    internal static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(10);
}
