using static Oxcaching.Tests.History.Checking.HandMade;

namespace Oxcaching.Tests.History.Checking;

/// <summary>Rule 4.</summary>
public sealed class AgreementTests : CheckerTests
{
    private static readonly Operation[] TwoLoads = [Body(0, 1, 0, 1, 2), Body(1, 2, 10, 11, 12)];

    [Fact]
    public void In_a_quiet_time_all_that_find_something_find_the_same()
    {
        AssertKept(Quiet(Get(0, 2, 1001), Get(1, 2, 1002), Get(2, null, 1003), Look(2, 1004)));
        AssertBroken(Agreement.Rule, Quiet(Get(0, 1, 1001), Get(1, 2, 1002)));
        AssertBroken(Agreement.Rule, Quiet(Get(0, 1, 1001), Look(2, 1002)));
    }

    [Fact]
    public void At_other_times_they_may_differ() => AssertKept(Quiet(Get(0, 1, 999), Get(1, 2, 1000), Get(0, 1, 1101)));

    [Fact]
    public void Where_loads_need_not_agree_what_they_read_must()
    {
        AssertKept(Quiet(Get(0, 1, 1001), Get(1, 2, 1002)), All with { AgreementOfLoads = false });
        var history = new RunHistory([Body(0, 1, 0, 1, 2), Body(1, 2, 10, 11, 12, version: 2), Get(0, 1, 1001), Get(1, 2, 1002, version: 2)], quiets: [Time(1000, 1100)]);
        AssertBroken(Agreement.Rule, history, All with { AgreementOfLoads = false });
    }

    [Fact]
    public void The_rule_can_be_switched_off() => AssertKept(Quiet(Get(0, 1, 1001), Get(1, 2, 1002)), All with { Agreement = false });

    private static RunHistory Quiet(params Operation[] reads) => new([.. TwoLoads, .. reads], quiets: [Time(1000, 1100)]);
}
