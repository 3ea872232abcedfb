using Oxcaching.Local;

namespace Oxcaching.Tests.Local;

public sealed class KeyHashTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a prefix of 16 ch")]
    [InlineData("a longer prefix that takes more than one round of the loop: ")]
    public void Numbered_keys_spread_evenly(string prefix)
    {
        const int Buckets = 1024;
        const int PerBucket = 100;
        var high = new int[Buckets];
        var low = new int[256];
        for (var i = 0; i < Buckets * PerBucket; i++)
        {
            var hash = KeyHash.Of($"{prefix}{i}");
            high[hash >> 22]++;
            low[(byte)hash]++;
        }

        // Nine standard deviations: chance alone does not go there.
        Assert.All(high, count => Assert.InRange(count, PerBucket - 90, PerBucket + 90));
        Assert.All(low, count => Assert.InRange(count, 400 - 180, 400 + 180));
    }

    [Fact]
    public void Each_character_and_its_place_count()
    {
        for (var length = 1; length < 100; length++)
        {
            var keys = Enumerable.Range(0, length).Select(at => new string('a', at) + 'b' + new string('a', length - at - 1)).ToList();
            Assert.InRange(keys.Select(key => KeyHash.Of(key)).Distinct().Count(), length - 1, length);
        }
    }

    [Fact]
    public void A_longer_key_is_another_one() =>
        Assert.InRange(Enumerable.Range(0, 200).Select(length => KeyHash.Of(new string('\0', length))).Distinct().Count(), 199, 200);
}
