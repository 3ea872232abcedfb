using System.Text;
using Oxcaching.Remote;

namespace Oxcaching.Tests.Remote;

/// <summary>What counts as a time, as records carry it.</summary>
public sealed class HeadTests
{
    [Fact]
    public void Every_time_is_read_as_it_was_written()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        long[] edges = [0, 1, 9, 10, 99_999_999, 100_000_000, 999_999_999_999_999, Head.LargestTime, 9_999_999_999_999_999];
        foreach (var time in edges.Concat(Enumerable.Range(0, 100_000).Select(_ => random.NextInt64(10_000_000_000_000_000))))
        {
            Assert.True(Head.TryParseTime(Encoding.ASCII.GetBytes(Head.TimeText(time) + "and more"), out var read), $"seed {seed}: {time}");
            Assert.Equal(time, read);
        }
    }

    [Fact]
    public void A_time_with_anything_but_digits_is_none()
    {
        for (var at = 0; at < Head.TimeLength; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                var text = "1234567890123456"u8.ToArray();
                text[at] = (byte)value;
                Assert.Equal(char.IsAsciiDigit((char)value), Head.TryParseTime(text, out _));
            }
        }
    }

    [Fact]
    public void One_with_fewer_digits_is_none() => Assert.False(Head.TryParseTime("123456789012345"u8, out _));
}
