using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using Oxcaching.Weaving;

namespace Oxcaching.Fody.Tests.Keys;

/// <summary>Distinct values that consist of others have distinct keys, and equal ones equal keys.</summary>
public class NestedInjectivity
{
    private static readonly Gen<string?> Texts = Gen.Frequency(
        (1, Gen.Constant<string?>(null)),
        (6, Gen.Elements(',', '[', ']', '{', '}', '=', '\'', '~', '1', 'a').ArrayOf().Resize(3).Select(characters => (string?)new string(characters))));

    [Fact]
    public void Of_values_whose_types_are_declared() => Check(
        from texts in Texts.ArrayOf().Resize(3)
        from name in Texts
        from number in Gen.Choose(-1, 12)
        from lists in Gen.Choose(0, 2).ArrayOf().Resize(2).ArrayOf().Resize(3)
        from right in Texts
        select (object)new Declared(texts, (name, number, (right, number == 0 ? null : number)), lists.Select(list => list.ToList()).ToList()),
        value => Key((Declared)value));

    [Fact]
    public void Of_values_whose_types_only_the_run_time_knows() => Check(Nested(3), Key);

    private static Gen<object> Nested(int depth)
    {
        var leaf = Gen.OneOf(
            Texts.Where(text => text is not null).Select(text => (object)text!),
            Gen.Choose(-1, 12).Select(number => (object)number),
            Gen.Choose(-1, 12).Select(number => (object)(long)number));
        if (depth == 0)
        {
            return leaf;
        }

        var child = Gen.Frequency((1, Gen.Constant<object?>(null)), (5, Nested(depth - 1).Select(value => (object?)value)));
        return Gen.OneOf(
            leaf,
            child.ArrayOf().Resize(3).Select(values => (object)values),
            Texts.ArrayOf().Resize(3).Select(values => (object)values),
            child.Two().Select(pair => (object)(pair.Item1, pair.Item2)),
            child.Two().Select(pair => (object)new Node(pair.Item1, pair.Item2)),
            child.Two().Select(pair => (object)new Other(pair.Item1, pair.Item2)));
    }

    private static void Check(Gen<object> values, Func<object, string> key)
    {
        var pairs = from left in values
                    from right in Gen.Frequency((5, values), (1, Gen.Constant(left)))
                    select new[] { left, right };
        Prop.ForAll(pairs.ToArbitrary(), pair => (key(pair[0]) == key(pair[1])) == Same(pair[0], pair[1]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
    }

    private static string Key<T>(T value)
    {
        var key = new CacheKeyBuilder("M()");
        key.AppendArgument(value);
        Assert.Null(key.Error);
        return key.ToStringAndRelease();
    }

    private static bool Same(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        _ when left.GetType() != right.GetType() => false,
        (System.Collections.IEnumerable l and not string, System.Collections.IEnumerable r) => AllSame(l.Cast<object?>(), r.Cast<object?>()),
        (ITuple l, ITuple r) => AllSame(Enumerable.Range(0, l.Length).Select(i => l[i]), Enumerable.Range(0, r.Length).Select(i => r[i])),
        (Node l, Node r) => Same(l.Left, r.Left) && Same(l.Right, r.Right),
        (Declared l, Declared r) => Same(l.Texts, r.Texts) && Same(l.Tuple, r.Tuple) && Same(l.Lists, r.Lists),
        _ => left.Equals(right),
    };

    private static bool AllSame(IEnumerable<object?> left, IEnumerable<object?> right)
    {
        var rights = right.ToList();
        var lefts = left.ToList();
        return lefts.Count == rights.Count && lefts.Zip(rights).All(pair => Same(pair.First, pair.Second));
    }

    private record Node(object? Left, object? Right);

    private sealed record Other(object? Left, object? Right) : Node(Left, Right);

    private sealed record Declared(string?[] Texts, (string? Name, int Number, (string? Right, int? More)) Tuple, IReadOnlyList<IReadOnlyList<int>> Lists);
}
