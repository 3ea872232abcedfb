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

    /// <summary>The two ways to read a key must agree, or what one way stored the other would never find.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("漢字")]
    [InlineData("\uD83D\uDC02")]
    [InlineData("\0\uFFFF")]
    [InlineData("user_0123456789abcdef")]
    public void A_fresh_key_has_the_hash_of_any_other(string repeated)
    {
        for (var length = 0; length <= 200; length++)
        {
            var key = string.Concat(Enumerable.Repeat(repeated, length / repeated.Length + 1))[..length];
            Assert.Equal(KeyHash.Of(key), KeyHash.OfFresh(key));
        }
    }

    [Fact]
    public void A_fresh_key_has_its_hash_wherever_in_a_buffer_it_begins()
    {
        var text = string.Concat(Enumerable.Range(0, 80).Select(i => (char)(i * 811)));
        for (var start = 0; start <= 16; start++)
        {
            for (var length = 0; length <= 64; length++)
            {
                Assert.Equal(KeyHash.Of(text.Substring(start, length)), KeyHash.OfFresh(text.AsSpan(start, length)));
            }
        }
    }
}
