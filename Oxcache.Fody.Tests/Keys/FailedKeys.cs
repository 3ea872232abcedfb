using Oxcaching.Weaving;

namespace Oxcaching.Fody.Tests.Keys;

public class FailedKeys
{
    public static TheoryData<object> ValuesWithoutFormat =>
    [
        new object(),
        new { Left = 1 },
        new int[1, 1],
        new Ids { 1 },
        Enumerable.Range(1, 2),
        Iterate(),
        new System.Collections.ArrayList { 1 },
        new ReadOnlyMemory<int>([1]),
        new Action(() => { }),
    ];

    [Theory]
    [MemberData(nameof(ValuesWithoutFormat))]
    public void A_value_without_a_usable_format_fails_the_key(object value)
    {
        var key = new CacheKeyBuilder("M()");
        key.AppendArgument(value);
        key.AppendArgument(1);

        Assert.True(key.Failed);
        Assert.True(key.AsSpan().IsEmpty);
        Assert.Equal($"{value.GetType()} has no usable key format: implement IFormattable or ICacheKeyPart on it.", key.Error!.Message);
    }

    [Theory]
    [InlineData(Fault.Throws)]
    [InlineData(Fault.GivesNull)]
    public void A_key_part_that_throws_or_gives_null_fails_the_key(Fault fault)
    {
        var key = new CacheKeyBuilder("M()");
        key.AppendArgument(new Faulty(fault));
        key.AppendLiteral("more");
        key.AppendArgument("more");
        key.AppendTypeName<int>();
        key.AppendEnumArgument(fault);

        Assert.True(key.Failed);
        Assert.IsType(fault == Fault.Throws ? typeof(InvalidOperationException) : typeof(FormatException), key.Error);
    }

    [Fact]
    public void A_formatter_that_claims_to_have_written_too_much_fails_the_key()
    {
        var key = new CacheKeyBuilder("M()");
        key.AppendArgument(new Liar());

        Assert.IsType<FormatException>(key.Error);
    }

    [Fact]
    public void An_empty_key_is_a_failed_one()
    {
        var key = new CacheKeyBuilder("");
        key.AppendText((string?)null);

        Assert.True(key.Failed);
        Assert.IsType<FormatException>(key.Error);
    }

    [Fact]
    public void Releasing_twice_does_nothing_more()
    {
        var key = new CacheKeyBuilder(new string('x', 1000));
        key.Release();
        key.Release();

        Assert.True(key.AsSpan().IsEmpty);
    }

    public enum Fault
    {
        Throws,
        GivesNull,
    }

    private static IEnumerable<int> Iterate()
    {
        yield return 1;
    }

    private sealed class Ids : List<int>;

    private sealed class Faulty(Fault fault) : ICacheKeyPart
    {
        public string GetCacheKeyPart() => fault == Fault.Throws ? throw new InvalidOperationException() : null!;
    }

    private struct Liar : ISpanFormattable
    {
        public readonly string ToString(string? format, IFormatProvider? formatProvider) => "";

        public readonly bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        {
            charsWritten = int.MaxValue;
            return true;
        }
    }
}
