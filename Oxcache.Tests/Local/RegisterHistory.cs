namespace Oxcaching.Tests.Local;

/// <summary>Searches for an order that explains what all threads saw of one key (after Wing and Gong, JPDC 1993).</summary>
/// <remarks>
/// The order must keep an operation that ended before another began in front of it. The key is a register that may lose its
/// value at any moment by itself, for that is what eviction looks like.
/// </remarks>
internal sealed class RegisterHistory(IReadOnlyList<RegisterOperation> operations)
{
    public const int LongestHistory = 64;

    private readonly HashSet<(ulong Done, int State)> _deadEnds = [];

    public bool IsLinearizable() => Explain(0, 0);

    private bool Explain(ulong done, int state)
    {
        if (done == (operations.Count == LongestHistory ? ulong.MaxValue : (1UL << operations.Count) - 1))
        {
            return true;
        }

        if (_deadEnds.Contains((done, state)))
        {
            return false;
        }

        // What may come next has begun before any of the rest has ended.
        var firstEnd = Open(done).Min(i => operations[i].End);
        foreach (var i in Open(done))
        {
            if (operations[i].Begin < firstEnd && Next(operations[i], state) is { } next && Explain(done | 1UL << i, next))
            {
                return true;
            }
        }

        _deadEnds.Add((done, state));
        return false;
    }

    private IEnumerable<int> Open(ulong done) => Enumerable.Range(0, operations.Count).Where(i => (done >> i & 1) == 0);

    /// <summary>The register after the operation; null when it cannot have had this outcome. Nothing found: the value was lost before.</summary>
    private static int? Next(RegisterOperation operation, int state) => operation.Kind switch
    {
        CacheOperationKind.Set => operation.Value,
        CacheOperationKind.Remove => operation.Removed && state == 0 ? null : 0,
        _ => operation.Value == 0 || operation.Value == state ? operation.Value : null,
    };
}
