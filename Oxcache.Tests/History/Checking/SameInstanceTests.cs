using static Oxcaching.Tests.History.Checking.HandMade;

namespace Oxcaching.Tests.History.Checking;

/// <summary>Rule 1.</summary>
public sealed class SameInstanceTests : CheckerTests
{
    private const string Rule = ReplacedValues.WhereAcknowledged;

    [Fact]
    public void What_was_loaded_before_a_delete_is_not_seen_after_it() => AssertBroken(Rule, History(Body(0, 1, 0, 1, 2), Delete(0, 10, 12), Get(0, 1, 13)));

    [Fact]
    public void It_may_be_seen_until_the_delete_is_acknowledged() => AssertKept(History(Body(0, 1, 0, 1, 2), Delete(0, 10, 12), Get(0, 1, 11)));

    [Fact]
    public void Nothing_may_be_seen_instead() => AssertKept(History(Body(0, 1, 0, 1, 2), Delete(0, 10, 12), Get(0, null, 13)));

    [Fact]
    public void A_load_under_way_when_the_delete_began_counts_by_when_it_read()
    {
        AssertBroken(Rule, History(Body(0, 1, 0, 9, 20), Delete(0, 10, 12), Get(0, 1, 21)));
        AssertKept(History(Body(0, 1, 0, 11, 20), Delete(0, 10, 12), Get(0, 1, 21)));
    }

    [Fact]
    public void A_load_that_read_an_older_version_than_a_write_found_was_before_it_whatever_the_clock_says()
    {
        AssertBroken(Rule, History(Body(0, 1, 0, 10.5, 20, version: 4), Delete(0, 10, 12, version: 5), Get(0, 1, 21, version: 4)));
        AssertKept(History(Body(0, 1, 0, 10.5, 20, version: 5), Delete(0, 10, 12, version: 5), Get(0, 1, 21, version: 5)));
    }

    [Fact]
    public void A_value_of_the_newest_version_must_go_too_when_it_is_deleted() =>
        AssertBroken(Rule, History(Body(0, 1, 0, 1, 2, version: 5), Delete(0, 10, 12, version: 5), Get(0, 1, 13, version: 5)));

    [Fact]
    public void A_set_replaces_what_was_loaded() => AssertBroken(Rule, History(Body(0, 1, 0, 1, 2), Set(0, 2, 10, 12), Get(0, 1, 13)));

    [Fact]
    public void A_set_replaces_a_set_that_was_over_when_it_began()
    {
        AssertBroken(Rule, History(Set(1, 1, 0, 9), Set(0, 2, 10, 12), Get(0, 1, 13)));
        AssertBroken(Rule, History(Set(1, 1, 0, 9), Delete(0, 10, 12), Get(0, 1, 13)));
    }

    [Fact]
    public void Of_sets_that_overlap_either_may_win_whatever_their_versions() =>
        AssertKept(History(Set(1, 1, 0, 11, version: 4), Set(0, 2, 10, 12, version: 5), Get(0, 1, 13, version: 4)));

    [Fact]
    public void A_set_may_bring_an_old_version_back_after_a_delete() =>
        AssertKept(History(Delete(0, 0, 2, version: 5), Set(1, 1, 3, 4, version: 4), Get(0, 1, 60, version: 4)));

    [Fact]
    public void A_clear_replaces_every_key() => AssertBroken(Rule, History(Body(0, 1, 0, 1, 2), Clear(0, 10, 12), Get(0, 1, 13)));

    [Fact]
    public void A_write_that_Redis_did_not_acknowledge_holds_where_writes_are_kept_pending()
    {
        var history = History(Body(0, 1, 0, 1, 2), Delete(0, 10, 12) with { IsAcknowledged = false }, Get(0, 1, 13));

        AssertBroken(Rule, history);
        AssertKept(history, All with { PendingWritesHold = false });
    }

    [Fact]
    public void A_clear_that_Redis_did_not_acknowledge_is_not_promised() =>
        AssertKept(History(Body(0, 1, 0, 1, 2), Clear(0, 10, 12) with { IsAcknowledged = false }, Get(0, 1, 13)));

    [Fact]
    public void A_fault_is_no_excuse() =>
        AssertBroken(Rule, new RunHistory([Body(0, 1, 0, 1, 2), Delete(0, 10, 12), Get(0, 1, 13)], [Cut(0, 0, 100)]));

    [Fact]
    public void The_rule_can_be_switched_off() =>
        AssertKept(History(Body(0, 1, 0, 1, 2), Delete(0, 10, 12), Get(0, 1, 13)), All with { AtOnceWhereAcknowledged = false });
}
