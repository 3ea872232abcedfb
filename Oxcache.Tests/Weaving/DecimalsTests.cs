using System.Globalization;
using Oxcaching.Weaving;

namespace Oxcaching.Tests.Weaving;

public class DecimalsTests
{
    [Fact]
    public void A_number_is_written_as_the_invariant_culture_writes_it()
    {
        foreach (var number in Numbers())
        {
            var to = new char[Decimals.Longest];

            var length = Decimals.Write(ref to[0], number);

            Assert.Equal(number.ToString(CultureInfo.InvariantCulture), new string(to, 0, length));
        }
    }

    /// <summary>All with few digits, and those beside each change of the number of digits or bits.</summary>
    private static IEnumerable<long> Numbers()
    {
        for (var number = -1000; number <= 100_000; number++)
        {
            yield return number;
        }

        for (var power = 1UL; power <= long.MaxValue / 10; power *= 10)
        {
            yield return (long)power - 1;
            yield return (long)power;
        }

        for (var bit = 0; bit < 64; bit++)
        {
            yield return (1L << bit) - 1;
            yield return 1L << bit;
        }
    }
}
