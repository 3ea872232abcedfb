using static Oxcaching.Tests.History.Checking.HandMade;

namespace Oxcaching.Tests.History.Checking;

public sealed class KnownValuesTests : CheckerTests
{
    [Fact]
    public void What_a_body_or_a_set_made_may_be_read() => AssertKept(History(Body(0, 1, 0, 1, 2), Get(0, 1, 3), Set(0, 2, 5, 6), Get(1, 2, 90)));

    [Fact]
    public void What_nobody_made_may_not() => AssertBroken(KnownValues.Rule, History(Body(0, 1, 0, 1, 2), Get(0, 7, 3)));

    [Fact]
    public void What_was_made_with_another_version_may_not() => AssertBroken(KnownValues.Rule, History(Body(0, 1, 0, 1, 2, version: 1), Get(0, 1, 3, version: 2)));

    [Fact]
    public void What_is_made_later_may_not() => AssertBroken(KnownValues.Rule, History(Get(0, 1, 0), Body(0, 1, 5, 6, 7)));

    [Fact]
    public void What_was_made_for_another_key_may_not()
    {
        var read = Get(0, 1, 3) with { Key = "another" };

        AssertBroken(KnownValues.Rule, History(Body(0, 1, 0, 1, 2), read));
    }
}
