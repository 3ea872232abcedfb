using FsCheck;
using FsCheck.Fluent;
using Oxcaching.Weaving;

namespace Oxcaching.Fody.Tests.Keys;

/// <summary>Distinct argument lists of one signature have distinct keys, and equal ones equal keys.</summary>
public class Injectivity
{
    /// <summary>Short texts of the characters that keys are made of, so that collisions are likely if they are possible.</summary>
    private static readonly Gen<string?> Texts = Gen.Frequency(
        (1, Gen.Constant<string?>(null)),
        (6, Gen.Elements(':', '\'', '~', '(', ')', '1', '2', '-', 'a').ArrayOf().Select(characters => (string?)new string(characters))));

    private static readonly Gen<object?>[] Kinds =
    [
        Texts.Select(text => (object?)text),
        Gen.Choose(-12, 12).Select(number => (object?)number),
        Gen.Choose(-2, 2).Select(number => (object?)(number == 0 ? null : (long?)number)),
        Gen.Elements(true, false).Select(flag => (object?)flag),
        Gen.Elements('\'', ':', '~', '1').Select(character => (object?)character),
        Gen.Elements(DayOfWeek.Monday, DayOfWeek.Friday, (DayOfWeek)12).Select(day => (object?)day),
        Gen.Elements(0.5, -1, double.NaN, 12, 1e300).Select(number => (object?)number),
        Gen.Choose(-3, 3).Select(ticks => (object?)new TimeSpan(ticks)),
        Gen.Choose(0, 3).Select(ticks => (object?)new DateTime(ticks / 2, ticks % 2 == 0 ? DateTimeKind.Utc : DateTimeKind.Unspecified)),
        Texts.Select(text => (object?)(text is null ? null : new Part(text))),
        Texts.Select(text => (object?)(text is null ? null : new Formatted(text))),
        Gen.OneOf(
            Texts.Select(text => (object?)new Loose(text)),
            Gen.Choose(-2, 12).Select(number => (object?)new Loose(number)),
            Gen.Choose(-2, 12).Select(number => (object?)new Loose((long)number))),
    ];

    private static readonly Gen<object?[][]> PairsOfLists =
        from kinds in Gen.Choose(0, Kinds.Length - 1).ArrayOf()
        from left in List(kinds)
        from right in Gen.Frequency((5, List(kinds)), (1, Gen.Constant(left)))
        select new[] { left, right };

    [Fact]
    public void Of_default_keys() => Prop
        .ForAll(PairsOfLists.ToArbitrary(), pair => (Key(pair[0]) == Key(pair[1])) == Same(pair[0], pair[1]))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000).WithEndSize(12));

    /// <summary>Two dates of different kinds are different, although Equals does not look at the kind.</summary>
    private static bool Same(object?[] left, object?[] right) => left.SequenceEqual(right)
        && left.OfType<DateTime>().Select(date => date.Kind).SequenceEqual(right.OfType<DateTime>().Select(date => date.Kind));

    private static Gen<object?[]> List(int[] kinds) => kinds.Aggregate(
        Gen.Constant(Array.Empty<object?>()),
        (list, kind) => from values in list from value in Kinds[kind] select values.Append(value).ToArray());

    private static string Key(object?[] values)
    {
        var key = new CacheKeyBuilder("M()");
        foreach (var value in values)
        {
            switch (value)
            {
                case null: key.AppendArgument(null); break;
                case string v: key.AppendArgument(v); break;
                case int v: key.AppendArgument(v); break;
                case long v: key.AppendNullableArgument<long>(v); break;
                case bool v: key.AppendArgument(v); break;
                case char v: key.AppendArgument(v); break;
                case DayOfWeek v: key.AppendEnumArgument(v); break;
                case double v: key.AppendArgument(v); break;
                case TimeSpan v: key.AppendArgument(v); break;
                case DateTime v: key.AppendArgument(v); break;
                case Part v: key.AppendArgument(v); break;
                case Formatted v: key.AppendArgument(v); break;
                case Loose v: key.AppendArgument(v.Value); break;
                default: throw new InvalidOperationException($"No case for {value.GetType()}.");
            }
        }

        Assert.Null(key.Error);
        return key.ToStringAndRelease();
    }

    /// <summary>A value that was passed as object.</summary>
    private sealed record Loose(object? Value);

    private sealed record Part(string Text) : ICacheKeyPart
    {
        public string GetCacheKeyPart() => Text;
    }

    private sealed record Formatted(string Text) : IFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) => Text;
    }
}
