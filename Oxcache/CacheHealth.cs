using System.Globalization;
using System.Text;

namespace Oxcaching;

/// <summary>The health of a cache at one moment. It holds no secrets: errors name end points, never passwords or connection strings.</summary>
public sealed record CacheHealth
{
    /// <summary>The state. Of several connections that of the worst.</summary>
    public required HealthState State { get; init; }

    /// <summary>Since when it is in that state.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>What last went wrong with the connection, however long ago; null: nothing yet.</summary>
    public string? LastError { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>
    /// What a Redis that is there does not let the cache do, or cannot do at this moment: a sentence each, with the permission or setting that is missing. Empty:
    /// nothing. It is tried again by itself, every 5 seconds at most.
    /// </summary>
    public IReadOnlyList<string> Limits { get; init; } = [];

    /// <summary>
    /// How many sets, deletes and clears Redis has not acknowledged yet: what the write-ahead log would have to replay, and what is
    /// just on its way.
    /// </summary>
    public int PendingWrites { get; init; }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"{nameof(State)} = {State}, {nameof(Since)} = {Since:O}, {nameof(PendingWrites)} = {PendingWrites}, ");
        text.Append(CultureInfo.InvariantCulture, $"{nameof(LastError)} = {LastError}, {nameof(LastErrorAt)} = {LastErrorAt:O}, {nameof(Limits)} = [{string.Join(' ', Limits)}]");
        return true;
    }
}
