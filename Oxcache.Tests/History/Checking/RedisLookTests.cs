using static Oxcaching.Tests.History.Checking.HandMade;

namespace Oxcaching.Tests.History.Checking;

/// <summary>Rule 3.</summary>
public sealed class RedisLookTests : CheckerTests
{
    private const string Rule = ReplacedValues.InRedis;

    [Fact]
    public void What_a_load_read_before_a_delete_is_not_stored_after_it() =>
        AssertBroken(Rule, History(Body(1, 1, 0, 1, 20), Delete(0, 10, 12), Look(null, 13), Look(1, 21)));

    [Fact]
    public void It_may_be_there_until_the_delete_is_acknowledged() => AssertKept(History(Body(1, 1, 0, 1, 2), Delete(0, 10, 12), Look(1, 11)));

    [Fact]
    public void What_a_load_read_after_it_may_be_stored() => AssertKept(History(Body(1, 1, 0, 13, 20), Delete(0, 10, 12), Look(1, 21)));

    [Fact]
    public void No_fault_is_an_excuse() =>
        AssertBroken(Rule, new RunHistory([Body(1, 1, 0, 1, 20), Set(0, 2, 10, 12), Look(1, 21)], [BlackHole(0, 0, 100), BlackHole(1, 0, 100)]));

    [Fact]
    public void A_delete_that_did_not_reach_Redis_binds_nobody_there_before_its_replay() =>
        AssertKept(History(Body(1, 1, 0, 1, 20), Delete(0, 10, 12) with { IsAcknowledged = false }, Look(1, 21)));

    [Fact]
    public void The_rule_can_be_switched_off() =>
        AssertKept(History(Body(1, 1, 0, 1, 20), Delete(0, 10, 12), Look(1, 21)), All with { NothingStoredAfter = false });
}
