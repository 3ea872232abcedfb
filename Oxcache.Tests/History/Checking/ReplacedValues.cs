namespace Oxcaching.Tests.History.Checking;

/// <summary>Rules 1 to 3: what was made certainly before a write is not seen after it.</summary>
/// <remarks>
/// A set made its value certainly before a write that began after the set had returned. A body did when it had read the register
/// before the write began, or when it made an older version than the register then had. It took its lease before it read
/// anything, so the write comes between the lease and the fill, which must be refused. This is sharper than to compare
/// versions: also a value of the newest version must go when it is deleted.
/// </remarks>
internal sealed class ReplacedValues(Promises promises, Disturbances disturbances) : IHistoryRule
{
    public const string WhereAcknowledged = "1: seen after a write on the same instance that replaced it";
    public const string Elsewhere = "2: seen too long after a write on another instance that replaced it";
    public const string InRedis = "3: in Redis after a write that replaced it";

    public IEnumerable<Violation> Check(RunHistory history) =>
        from key in history.Keys
        from read in history.Reads(key)
        where read.Value is not null
        let maker = history.MakerOf(read.Value!.Value)
        where maker is not null
        from violation in Check(history, key, read, maker)
        select violation;

    /// <summary>At most one violation for each read: of the last write that forbids it.</summary>
    private IEnumerable<Violation> Check(RunHistory history, string key, Operation read, Operation maker)
    {
        var writes = history.Writes(key);
        for (var i = CountBegunBefore(writes, read.Begin) - 1; i >= 0 && writes[i].Begin >= maker.Begin; i--)
        {
            if (IsCertainlyBefore(maker, writes[i]) && BrokenRule(history, writes[i], maker, read) is { } rule)
            {
                return [new Violation(rule, key, maker, writes[i], read)];
            }
        }

        return [];
    }

    private static bool IsCertainlyBefore(Operation maker, Operation write) => maker.Kind == OperationKind.Body
        ? maker.ReadAt < write.Begin || maker.Value!.Value.Version < write.Version
        : maker.End < write.Begin;

    private string? BrokenRule(RunHistory history, Operation write, Operation maker, Operation read)
    {
        if (read.Instance == write.Instance)
        {
            var binds = write.IsAcknowledged || (promises.PendingWritesHold && write.Kind != OperationKind.Clear);
            return promises.AtOnceWhereAcknowledged && binds && read.Begin > write.End ? WhereAcknowledged : null;
        }

        if (BindsOthersFrom(write) is not { } from || read.Begin <= from)
        {
            return null;
        }

        if (read.Instance == Operation.Redis)
        {
            return promises.NothingStoredAfter ? InRedis : null;
        }

        var excused = IsStillPendingThere(maker, read)
            || disturbances.Excuse(read.Instance, maker.End > from ? maker.End : from, read.Begin);
        return promises.Elsewhere is { } bound && history.Running(from, read.Begin) > bound && !excused ? Elsewhere : null;
    }

    /// <summary>A write that Redis did not acknowledge binds others when its instance has replayed it; a clear never.</summary>
    private TimeSpan? BindsOthersFrom(Operation write) =>
        write.IsAcknowledged ? write.End
        : promises.PendingWritesHold && write.Kind != OperationKind.Clear ? disturbances.OverAfter(write.Instance, write.End) + promises.Recovery
        : null;

    /// <summary>An instance that is cut off reads its own pending sets, whatever others do meanwhile.</summary>
    private bool IsStillPendingThere(Operation maker, Operation read) =>
        maker is { Kind: OperationKind.Set, IsAcknowledged: false } && maker.Instance == read.Instance
        && disturbances.Touches(read.Instance, new Interval(read.Begin, read.Begin));

    private static int CountBegunBefore(ReadOnlySpan<Operation> writes, TimeSpan time)
    {
        var (low, high) = (0, writes.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = writes[middle].Begin < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
