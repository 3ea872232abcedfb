using Oxcaching.Local;

namespace Oxcaching.Tests.Local;

public sealed class FrequencySketchTests
{
    private readonly FrequencySketch _sketch = new(1000);

    [Fact]
    public void A_key_is_at_least_as_frequent_as_it_was_counted()
    {
        for (var key = 0u; key < 500; key++)
        {
            _sketch.Add(Hash(key), (int)key % 10 + 1);
        }

        Assert.All(Enumerable.Range(0, 500), key => Assert.InRange(_sketch.Frequency(Hash((uint)key)), key % 10 + 1, FrequencySketch.MaxFrequency));
    }

    [Fact]
    public void Most_keys_are_no_more_frequent_than_they_were_counted()
    {
        for (var key = 0u; key < 500; key++)
        {
            _sketch.Add(Hash(key), 1);
        }

        Assert.InRange(Enumerable.Range(500, 500).Count(key => _sketch.Frequency(Hash((uint)key)) == 0), 450, 500);
    }

    [Fact]
    public void A_counter_stops_at_its_maximum()
    {
        for (var i = 0; i < 20; i++)
        {
            _sketch.Add(Hash(1), 3);
        }

        Assert.Equal(FrequencySketch.MaxFrequency, _sketch.Frequency(Hash(1)));
    }

    [Fact]
    public void What_was_popular_once_is_forgotten()
    {
        _sketch.Add(Hash(1), 12);
        for (var i = 0; i < 4 * 10_000; i++)
        {
            _sketch.Add(Hash(2), 1);
        }

        Assert.Equal(0, _sketch.Frequency(Hash(1)));
    }

    private static uint Hash(uint key) => KeyHash.Of(key.ToString());
}
