using Oxcaching.Tests.TestSupport;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>A clear that gets into the log late, for it was under way, does not take out of it what was written after it.</summary>
public sealed class ClearLogTests : IAsyncLifetime
{
    private readonly JournalBed _log = new();
    private Journal _journal = null!;
    private PendingBed _bed = null!;

    public Task InitializeAsync()
    {
        _journal = _log.Open();
        _bed = new PendingBed(_journal);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _bed.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task What_was_kept_while_it_was_under_way_survives_its_failure()
    {
        _bed.Clear();
        await _bed.Pending.KeepAsync(_bed.Write("set", "new"));
        await _bed.Pending.KeepAsync(_bed.Write("deleted", null));
        Assert.Equal("clear set=new -deleted", _log.AfterCrash().Brief());

        _bed.Target.AnswerClear(false);
        Assert.Equal("clear set=new -deleted", _log.AfterCrash().Brief());
    }

    [Fact]
    public async Task What_was_pending_behind_it_survives_a_shutdown()
    {
        _bed.Clear();
        _bed.Write("k", "new");
        await _bed.DisposeAsync();

        Assert.Equal("clear k=new", _log.AfterCrash().Brief());
    }

    [Fact]
    public async Task What_it_came_after_is_gone_with_it()
    {
        await _bed.Pending.KeepAsync(_bed.Write("k", "old"));
        _bed.Clear();
        _bed.Target.Fail();
        await _bed.Pending.KeepAsync(_bed.Write("other", "new"));

        await Eventually.Is(() => _log.AfterCrash().Brief() == "clear other=new");
    }

    [Fact]
    public async Task When_it_has_arrived_what_came_after_it_is_left()
    {
        _bed.Clear();
        await _bed.Pending.KeepAsync(_bed.Write("k", "new"));
        _bed.Target.AnswerClear(true);

        await Eventually.Is(() =>
        {
            _log.Time.Advance(Journal.FlushInterval);
            return _log.AfterCrash().Brief() == "k=new";
        });
    }
}
