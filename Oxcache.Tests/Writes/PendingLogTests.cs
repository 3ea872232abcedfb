using Oxcaching.Tests.TestSupport;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>What pending writes keep of those that they took the place of, while the log has them.</summary>
public sealed class PendingLogTests : IDisposable
{
    private readonly JournalBed _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Of_the_writes_of_a_busy_key_the_log_and_the_queue_keep_the_last()
    {
        await using var journal = _log.Open();
        var first = await KeptAsync(journal, null, "first");
        var last = first.Write;
        for (var i = 0; i < 3; i++)
        {
            last = (await KeptAsync(journal, last, $"{i}")).Write;
        }

        first.Write = null;
        await AssertRecoveredAsync("k=2");
        GC.Collect();
        Assert.False(first.Payload.IsAlive);

        last!.Forget(journal);
        await AssertRecoveredAsync("");
    }

    [Fact]
    public async Task What_arrives_without_having_been_in_the_log_takes_what_it_replaced_out_of_it()
    {
        await using var journal = _log.Open();
        var kept = (await KeptAsync(journal, null, "kept")).Write!;
        var skipped = PendingRecords.Write("k", "skipped", _log.Time);
        skipped.Supersede(kept);
        var last = PendingRecords.Write("k", "last", _log.Time);
        last.Supersede(skipped);
        await AssertRecoveredAsync("k=kept");

        last.Forget(journal);
        await AssertRecoveredAsync("");
    }

    [Fact]
    public async Task However_many_came_after_one_that_failed_the_last_is_in_the_log()
    {
        const int Writes = 100_000;
        await using var journal = _log.Open();
        var first = PendingRecords.Write("k", "0", _log.Time);
        var last = first;
        for (var i = 1; i <= Writes; i++)
        {
            var next = PendingRecords.Write("k", $"{i}", _log.Time);
            next.Supersede(last);
            last = next;
        }

        await first.KeepAsync(journal, change => Records.Set("k", ((PendingWrite)change).Envelope!));
        await AssertRecoveredAsync($"k={Writes}");
    }

    private async Task<Kept> KeptAsync(Journal journal, PendingWrite? earlier, string value)
    {
        var write = PendingRecords.Write("k", value, _log.Time);
        if (earlier is not null)
        {
            write.Supersede(earlier);
        }

        var payload = write.Envelope!;
        await write.KeepAsync(journal, _ => Records.Set("k", payload));
        return new Kept { Write = write, Payload = new WeakReference(payload) };
    }

    /// <summary>What a restart finds, once the marks that records are done are written, which nobody waits for.</summary>
    private Task AssertRecoveredAsync(string records) => Eventually.Is(() =>
    {
        _log.Time.Advance(Journal.FlushInterval);
        return _log.AfterCrash().Brief() == records;
    });

    private sealed class Kept
    {
        public PendingWrite? Write { get; set; }

        public required WeakReference Payload { get; init; }
    }
}
