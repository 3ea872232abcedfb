using Oxcaching.Flights;

namespace Oxcaching.Tests.Flights;

public sealed class ClaimTableTests
{
    private const int Many = 2000;

    private readonly ClaimTable _table = new();

    [Fact]
    public void A_claim_stands_until_it_is_removed_and_is_not_overtaken_by_that()
    {
        var claim = Add("k");
        Assert.True(claim.IsListed);

        Remove(claim);
        Remove(claim);

        Assert.False(claim.IsListed);
        Assert.False(claim.IsOvertaken);
    }

    [Fact]
    public void A_key_that_is_overtaken_takes_all_of_its_claims_along_and_no_other_key_s()
    {
        var claims = Enumerable.Range(0, Many).Select(i => Add($"k{i}")).ToList();
        var second = Add("k7");

        using (var scope = _table.Enter("k7"))
        {
            scope.Overtake();
        }

        Assert.True(second is { IsOvertaken: true, IsListed: false });
        Assert.All(claims, claim => Assert.Equal(claim.Key == "k7", claim.IsOvertaken));
        Assert.All(claims, claim => Assert.Equal(claim.Key != "k7", claim.IsListed));
    }

    [Fact]
    public void One_claim_can_be_overtaken_alone()
    {
        var (first, second) = (Add("k"), Add("k"));

        using (var scope = _table.Enter(first))
        {
            scope.Overtake(first);
        }

        Assert.True(first.IsOvertaken);
        Assert.True(second is { IsOvertaken: false, IsListed: true });
    }

    [Fact]
    public void When_all_is_overtaken_no_claim_is_left_out_and_later_ones_stand()
    {
        var claims = Enumerable.Range(0, Many).Select(i => Add($"k{i}")).ToList();
        claims.Where((_, i) => i % 3 == 0).ToList().ForEach(Remove);

        _table.OvertakeAll();

        Assert.All(claims.Where((_, i) => i % 3 != 0), claim => Assert.True(claim.IsOvertaken));
        Assert.All(claims, claim => Assert.False(claim.IsListed));
        Assert.True(Add("k1").IsListed);
    }

    private Claim Add(string key)
    {
        var claim = new Claim(key);
        using var scope = _table.Enter(key);
        scope.Add(claim);
        return claim;
    }

    private void Remove(Claim claim)
    {
        using var scope = _table.Enter(claim);
        scope.Remove(claim);
    }
}
