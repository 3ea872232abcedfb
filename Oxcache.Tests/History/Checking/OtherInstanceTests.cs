using static Oxcaching.Tests.History.Checking.HandMade;

namespace Oxcaching.Tests.History.Checking;

/// <summary>Rule 2.</summary>
public sealed class OtherInstanceTests : CheckerTests
{
    private const string Rule = ReplacedValues.Elsewhere;

    [Fact]
    public void A_message_has_50_ms()
    {
        AssertKept(SeenAt(62));
        AssertBroken(Rule, SeenAt(62.1));
    }

    [Fact]
    public void Time_in_which_the_machine_stood_still_does_not_count()
    {
        AssertKept(new RunHistory(SeenAt(80).Operations, stalls: [Time(20, 30), Time(40, 60)]));
        AssertBroken(Rule, new RunHistory(SeenAt(100).Operations, stalls: [Time(20, 30), Time(40, 60)]));
    }

    [Fact]
    public void Under_a_fault_that_is_known_an_entry_lives_for_coherence_max_age()
    {
        AssertKept(SeenAt(112, Cut(1, 5, 1000)));
        AssertBroken(Rule, SeenAt(113, Cut(1, 5, 1000)));
    }

    [Fact]
    public void That_counts_from_its_load_if_that_was_later()
    {
        AssertKept(new RunHistory([Body(1, 1, 0, 1, 70), Delete(0, 10, 12), Get(1, 1, 170)], [Cut(1, 5, 1000)]));
        AssertBroken(Rule, new RunHistory([Body(1, 1, 0, 1, 70), Delete(0, 10, 12), Get(1, 1, 171)], [Cut(1, 5, 1000)]));
    }

    [Fact]
    public void Or_from_the_fault_if_that_was_later()
    {
        AssertKept(SeenAt(160, Cut(1, 60, 1000)));
        AssertBroken(Rule, SeenAt(161, Cut(1, 60, 1000)));
    }

    [Fact]
    public void A_fault_that_leaves_connections_up_must_be_noticed_first()
    {
        AssertKept(SeenAt(1105, Hold(1, 5, 5000)));
        AssertBroken(Rule, SeenAt(1106, Hold(1, 5, 5000)));
    }

    [Fact]
    public void When_a_fault_has_healed_and_the_instance_has_recovered_nothing_stale_is_left()
    {
        AssertKept(SeenAt(300, Hold(1, 5, 100)));
        AssertBroken(Rule, SeenAt(301, Hold(1, 5, 100)));
    }

    [Fact]
    public void Time_in_which_the_machine_stood_still_is_no_time_to_recover()
    {
        AssertKept(new RunHistory(SeenAt(350).Operations, [Hold(1, 5, 100)], stalls: [Time(90, 120), Time(280, 320)]));
        AssertBroken(Rule, new RunHistory(SeenAt(365).Operations, [Hold(1, 5, 100)], stalls: [Time(90, 120), Time(280, 320)]));
    }

    [Fact]
    public void A_black_hole_is_over_when_it_is_noticed()
    {
        AssertKept(SeenAt(1105, BlackHole(1, 5, 20)));
        AssertBroken(Rule, SeenAt(1106, BlackHole(1, 5, 20)));
    }

    [Fact]
    public void A_black_hole_for_commands_is_over_when_their_connection_is_given_up()
    {
        Operation[] calls = [Body(1, 1, 1600, 1601, 1602), Delete(0, 1610, 1612)];
        AssertKept(new RunHistory([.. calls, Get(1, 1, 1705)], [BlackHole(1, 5, 20, hitsCommands: true)]));
        AssertBroken(Rule, new RunHistory([.. calls, Get(1, 1, 1706)], [BlackHole(1, 5, 20, hitsCommands: true)]));
        AssertBroken(Rule, new RunHistory([.. calls, Get(1, 1, 1705)], [BlackHole(1, 5, 20)]));
    }

    [Fact]
    public void A_fault_that_begins_before_the_instance_has_recovered_prolongs_the_one_before()
    {
        AssertKept(SeenAt(480, Hold(1, 5, 100), Hold(1, 250, 300)));
        AssertBroken(Rule, SeenAt(501, Hold(1, 5, 100), Hold(1, 250, 300)));
    }

    [Fact]
    public void A_fault_that_was_over_or_came_too_late_or_hit_another_instance_is_no_excuse()
    {
        AssertBroken(Rule, new RunHistory([Body(1, 1, 500, 501, 502), Delete(0, 510, 512), Get(1, 1, 570)], [Cut(1, 5, 100)]));
        AssertBroken(Rule, SeenAt(70, Cut(1, 63, 1000)));
        AssertBroken(Rule, SeenAt(70, Cut(0, 5, 1000)));
        AssertBroken(Rule, SeenAt(70, Cut(2, 5, 1000)));
    }

    [Fact]
    public void A_write_that_Redis_did_not_acknowledge_binds_others_when_it_has_been_replayed()
    {
        Operation[] calls = [Body(1, 1, 0, 1, 2), Delete(0, 10, 12) with { IsAcknowledged = false }];
        AssertKept(new RunHistory([.. calls, Get(1, 1, 540)], [Cut(0, 5, 100)]));
        AssertBroken(Rule, new RunHistory([.. calls, Get(1, 1, 560)], [Cut(0, 5, 100)]));
        AssertKept(new RunHistory([.. calls, Get(1, 1, 560)], [Cut(0, 5, 100)]), All with { PendingWritesHold = false });
    }

    [Fact]
    public void An_instance_that_is_cut_off_reads_its_own_pending_set()
    {
        Operation[] calls = [Set(1, 1, 0, 2) with { IsAcknowledged = false }, Delete(0, 10, 12), Get(1, 1, 900)];
        AssertKept(new RunHistory(calls, [Cut(1, 0, 1000)]));
        AssertBroken(Rule, new RunHistory(calls, [Cut(1, 0, 600)]));
    }

    [Fact]
    public void The_rule_can_be_switched_off() => AssertKept(SeenAt(500), All with { Elsewhere = null });

    /// <summary>Instance 1 loads, instance 0 deletes, acknowledged at 12, and instance 1 still sees it.</summary>
    private static RunHistory SeenAt(double begin, params FaultWindow[] faults) => new([Body(1, 1, 0, 1, 2), Delete(0, 10, 12), Get(1, 1, begin)], faults);
}
