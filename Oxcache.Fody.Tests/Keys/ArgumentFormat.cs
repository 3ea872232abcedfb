using System.Globalization;
using System.Numerics;
using System.Reflection;
using Oxcaching.Weaving;

namespace Oxcaching.Fody.Tests.Keys;

public class ArgumentFormat
{
    public enum Colour
    {
        Red,
        Blue,
    }

    public static TheoryData<object, string> WellKnownValues => new()
    {
        { 42, "42" },
        { -42L, "-42" },
        { (byte)7, "7" },
        { (sbyte)-7, "-7" },
        { (short)-7, "-7" },
        { (ushort)7, "7" },
        { 7u, "7" },
        { 7ul, "7" },
        { (nint)(-7), "-7" },
        { (nuint)7, "7" },
        { Int128.MinValue, "-170141183460469231731687303715884105728" },
        { UInt128.MaxValue, "340282366920938463463374607431768211455" },
        { BigInteger.Pow(10, 30), "1000000000000000000000000000000" },
        { 1.5f, "1.5" },
        { 0.1, "0.1" },
        { double.NaN, "NaN" },
        { double.NegativeInfinity, "-Infinity" },
        { -0.0, "-0" },
        { (Half)0.5, "0.5" },
        { 1.50m, "1.50" },
        { true, "True" },
        { 'x', "1'x" },
        { "alice", "5'alice" },
        { "", "0'" },
        { new Guid("d3c4a8f0-3b62-4a4c-8f39-1d0a0c2b7e11"), "d3c4a8f0-3b62-4a4c-8f39-1d0a0c2b7e11" },
        { new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "2026-01-02T03:04:05.0000000Z" },
        { new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Unspecified), "2026-01-02T03:04:05.0000000" },
        { new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-8)), "2026-01-02T03:04:05.0000000-08:00" },
        { new DateOnly(2026, 1, 2), "2026-01-02" },
        { new TimeOnly(3, 4, 5, 6), "03:04:05.0060000" },
        { TimeSpan.FromMilliseconds(-1500), "-00:00:01.5000000" },
        { Colour.Blue, "4'Blue" },
        { (Colour)9, "1'9" },
        { DayOfWeek.Friday, "6'Friday" },
        { new Version(1, 2), "3'1.2" },
        { new Uri("http://a/%41"), "12'http://a/%41" },
        { new Part("p"), "1'p" },
        { new ByToString("t"), "1't" },
    };

    [Theory]
    [MemberData(nameof(WellKnownValues))]
    public void A_value_whose_type_only_the_run_time_knows_is_written_with_its_type(object value, string text)
    {
        var key = new CacheKeyBuilder("M()");
        key.AppendArgument(value);

        Assert.Null(key.Error);
        Assert.Equal($"M():({KeyTypeName.Of(value.GetType())}){text}", key.ToStringAndRelease());
    }

    [Theory]
    [MemberData(nameof(WellKnownValues))]
    public void A_value_of_an_open_type_is_written_without_its_type(object value, string text)
    {
        var append = typeof(ArgumentFormat).GetMethod(nameof(KeyOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(value.GetType());

        Assert.Equal($"M():{text}", append.Invoke(null, [value]));
    }

    [Fact]
    public void A_value_of_the_declared_type_is_written_without_its_type()
    {
        var key = new CacheKeyBuilder("M()");
        key.AppendArgument(42);
        key.AppendArgument("alice");
        key.AppendEnumArgument(Colour.Red);
        key.AppendNullableArgument<int>(7);
        key.AppendNullableEnumArgument<Colour>(Colour.Blue);
        key.AppendArgument(new Part("p"));
        key.AppendArgument(new Uri("urn:b"));
        key.AppendArgument(new ByToString("t"));
        key.AppendArgument<string>("open");

        Assert.Equal("M():42:5'alice:3'Red:7:4'Blue:1'p:5'urn:b:1't:4'open", key.ToStringAndRelease());
    }

    [Fact]
    public void Null_is_a_tilde_and_no_text_is()
    {
        var key = new CacheKeyBuilder("M()");
        key.AppendArgument(null);
        key.AppendArgument("");
        key.AppendArgument("~");
        key.AppendNullableArgument<int>(null);
        key.AppendNullableEnumArgument<Colour>(null);
        key.AppendArgument<object?>(null);
        key.AppendArgument<int?>(null);
        key.AppendArgument<char?>('~');

        Assert.Equal("M():~:0':1'~:~:~:~:~:1'~", key.ToStringAndRelease());
    }

    [Fact]
    public void The_culture_of_the_thread_does_not_matter()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE") { NumberFormat = { NegativeSign = "minus", NumberDecimalSeparator = "," } };
        try
        {
            Assert.Equal("M():1.5:-1:2026-01-02T00:00:00.0000000:3'1.5", Four());
            Assert.Equal("de-DE", CultureInfo.CurrentCulture.Name);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static string Four()
        {
            var key = new CacheKeyBuilder("M()");
            key.AppendArgument(1.5);
            key.AppendArgument(-1);
            key.AppendArgument(new DateTime(2026, 1, 2));
            key.AppendArgument(new Price(1.5));
            return key.ToStringAndRelease();
        }
    }

    [Fact]
    public void Text_in_a_template_is_plain()
    {
        var key = new CacheKeyBuilder("api_");
        key.AppendText("alice");
        key.AppendLiteral("_");
        key.AppendText(42);
        key.AppendText((string?)null);
        key.AppendNullableText<int>(null);
        key.AppendEnumText(Colour.Blue);
        key.AppendNullableEnumText<Colour>(Colour.Red);
        key.AppendText(true);
        key.AppendText('c');
        key.AppendText(new Part("p"));
        key.AppendText(new DateOnly(2026, 1, 2));

        Assert.Equal("api_alice_42BlueRedTruecp2026-01-02", key.ToStringAndRelease());
    }

    [Theory]
    [InlineData(typeof(int), "int")]
    [InlineData(typeof(string), "string")]
    [InlineData(typeof(Guid), "System.Guid")]
    [InlineData(typeof(int?), "System.Nullable<int>")]
    [InlineData(typeof(int[]), "int[]")]
    [InlineData(typeof(int[,][]), "int[][,]")]
    [InlineData(typeof(Dictionary<string, List<int>>), "System.Collections.Generic.Dictionary<string,System.Collections.Generic.List<int>>")]
    [InlineData(typeof(Outer<int>.Inner<string>), "Oxcaching.Fody.Tests.Keys.ArgumentFormat+Outer<int>+Inner<string>")]
    [InlineData(typeof(Outer<int>.Plain), "Oxcaching.Fody.Tests.Keys.ArgumentFormat+Outer<int>+Plain")]
    public void Types_are_named_in_full_without_their_assembly(Type type, string name) => Assert.Equal(name, KeyTypeName.Of(type));

    private static string KeyOf<T>(T value)
    {
        var key = new CacheKeyBuilder("M()");
        key.AppendArgument(value);
        Assert.Null(key.Error);
        return key.ToStringAndRelease();
    }

    public static class Outer<T>
    {
        public static class Inner<TInner>;

        public static class Plain;
    }

    public sealed class Price(double amount)
    {
        public override string ToString() => $"{amount}";
    }

    public sealed class Part(string text) : ICacheKeyPart
    {
        public string GetCacheKeyPart() => text;
    }

    public sealed class ByToString(string text)
    {
        public override string ToString() => text;
    }
}
