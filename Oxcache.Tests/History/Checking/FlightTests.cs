using static Oxcaching.Tests.History.Checking.HandMade;

namespace Oxcaching.Tests.History.Checking;

/// <summary>Rules 5 and 6.</summary>
public sealed class FlightTests : CheckerTests
{
    private static readonly Promises OnEachInstance = All with { OneBodyInTheFleet = false };

    [Fact]
    public void Two_bodies_of_a_key_do_not_run_at_once_on_one_instance()
    {
        AssertBroken(OneFlight.Rule, History(Body(0, 1, 0, 1, 20), Body(0, 2, 10, 11, 30)), OnEachInstance);
        AssertKept(History(Body(0, 1, 0, 1, 20), Body(0, 2, 20, 21, 30)), OnEachInstance);
    }

    [Fact]
    public void They_may_on_two_instances_and_on_different_terms()
    {
        AssertKept(History(Body(0, 1, 0, 1, 20), Body(1, 2, 10, 11, 30)), OnEachInstance);
        AssertKept(History(Body(0, 1, 0, 1, 20), Body(0, 2, 10, 11, 30, levels: "L2")), OnEachInstance);
    }

    [Fact]
    public void They_may_when_a_write_has_overtaken_the_first()
    {
        AssertKept(History(Body(0, 1, 0, 1, 20), Delete(0, 5, 7), Body(0, 2, 10, 11, 30)), OnEachInstance);
        AssertKept(History(Body(0, 1, 0, 1, 20), Clear(1, 5, 7), Body(0, 2, 10, 11, 30)), OnEachInstance);
        AssertBroken(OneFlight.Rule, History(Body(0, 1, 0, 1, 20), Body(0, 2, 10, 11, 30), Delete(0, 11, 12)), OnEachInstance);
    }

    [Fact]
    public void A_write_between_the_start_of_a_flight_and_its_body_overtakes_it_as_well()
    {
        Operation[] calls = [Delete(0, 4, 5), Body(0, 1, 100, 101, 120), Body(0, 2, 110, 111, 130)];
        AssertBroken(OneFlight.Rule, History(calls), OnEachInstance);
        AssertKept(History([.. calls, Load(0, 1, 3, 121)]), OnEachInstance);
    }

    [Fact]
    public void They_may_where_a_fault_may_have_overtaken_the_first() =>
        AssertKept(new RunHistory([Body(0, 1, 0, 1, 20), Body(0, 2, 10, 11, 30)], [Cut(0, 5, 6)]));

    [Fact]
    public void Two_bodies_of_a_key_do_not_run_at_once_in_the_fleet_when_it_shares_flights()
    {
        AssertBroken(OneBodyInTheFleet.Rule, History(Body(0, 1, 0, 1, 20), Body(1, 2, 10, 11, 30)));
        AssertKept(History(Body(0, 1, 0, 1, 20), Body(1, 2, 21, 22, 30)));
        AssertKept(History(Body(0, 1, 0, 1, 20), Delete(2, 5, 7), Body(1, 2, 10, 11, 30)));
        AssertKept(new RunHistory([Body(0, 1, 0, 1, 20), Body(1, 2, 10, 11, 30)], [Cut(2, 5, 6)]));
    }

    [Fact]
    public void The_rules_can_be_switched_off() =>
        AssertKept(History(Body(0, 1, 0, 1, 20), Body(0, 2, 10, 11, 30)), OnEachInstance with { OneFlight = false });
}
