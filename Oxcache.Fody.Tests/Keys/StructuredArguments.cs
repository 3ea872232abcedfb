using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Oxcaching.Weaving;

namespace Oxcaching.Fody.Tests.Keys;

/// <summary>How collections, tuples and records are written. Keys live on in Redis: these tests may be added to, not changed.</summary>
public class StructuredArguments
{
    private const string Here = "Oxcaching.Fody.Tests.Keys.StructuredArguments";

    [Fact]
    public void A_collection_is_its_elements_whatever_kind_it_is()
    {
        Assert.Equal("[1,2,3]", Of<int[]>([1, 2, 3]));
        Assert.Equal("[1,2,3]", Of<List<int>>([1, 2, 3]));
        Assert.Equal("[1,2,3]", Of<IEnumerable<int>>([1, 2, 3]));
        Assert.Equal("[1,2,3]", Of<IReadOnlyList<int>>(new[] { 1, 2, 3 }));
        Assert.Equal("[1,2,3]", Of<ImmutableArray<int>>([1, 2, 3]));
        Assert.Equal("[2,3]", Of(new ArraySegment<int>([1, 2, 3], 1, 2)));
        Assert.Equal("[]", Of<string[]>([]));
        Assert.Equal("~", Of<int[]?>(null));
    }

    [Fact]
    public void Elements_delimit_themselves()
    {
        Assert.Equal("[3'a,b,~,0']", Of<string?[]>(["a,b", null, ""]));
        Assert.Equal("[[1],[]]", Of<int[][]>([[1], []]));
        Assert.Equal("[6'Friday,~]", Of<DayOfWeek?[]>([DayOfWeek.Friday, null]));
    }

    [Fact]
    public void Sets_and_dictionaries_are_written_sorted()
    {
        Assert.Equal("{1'a,1'b}", Of<HashSet<string>>(["b", "a"]));
        Assert.Equal("{1'a,1'b}", Of<IReadOnlySet<string>>(new[] { "a", "b" }.ToFrozenSet()));
        Assert.Equal("{[1'a,1],[1'b,2]}", Of(new Dictionary<string, int> { ["b"] = 2, ["a"] = 1 }));
        Assert.Equal("{[1'a,1],[1'b,2]}", Of<IReadOnlyDictionary<string, int>>(new SortedDictionary<string, int> { ["b"] = 2, ["a"] = 1 }));
        Assert.Equal("{}", Of(new Dictionary<string, int>()));
    }

    [Fact]
    public void A_dictionary_whose_order_is_kept_is_a_list() =>
        Assert.Equal("[[1'b,2],[1'a,1]]", Of(new OrderedDictionary<string, int> { ["b"] = 2, ["a"] = 1 }));

    [Fact]
    public void Tuples_and_pairs_are_their_items()
    {
        Assert.Equal("[1,1'a]", Of((1, "a")));
        Assert.Equal("[1,~]", Of(Tuple.Create(1, (string?)null)));
        Assert.Equal("[1,1'a]", Of(KeyValuePair.Create(1, "a")));
        Assert.Equal("[1,[2,3]]", Of((1, (2, 3))));
        Assert.Equal("[1,2,3,4,5,6,7,[8,9]]", Of((1, 2, 3, 4, 5, 6, 7, 8, 9)));
        Assert.Equal("~", Of<(int, int)?>(null));
    }

    [Fact]
    public void Records_are_their_fields_by_name()
    {
        Assert.Equal("{City=4'Bonn,Page=2}", Of(new Filter("Bonn", 2)));
        Assert.Equal("{X=1,Y=2}", Of(new Point(1, 2)));
        Assert.Equal("{}", Of(new Empty()));
        Assert.Equal("{Left={City=~,Page=0},Right=[{X=1,Y=2}]}", Of(new Nested(new Filter(null, 0), [new Point(1, 2)])));
        Assert.Equal("{Value=1.5}", Of(new Computed(1.5)));
    }

    [Fact]
    public void A_record_of_a_derived_type_is_written_with_it_after_the_members_of_its_base()
    {
        Assert.Equal("{Id=1}", Of<Animal>(new Animal(1)));
        Assert.Equal($"({Here}+Dog){{Id=1,Name=3'Rex}}", Of<Animal>(new Dog(1, "Rex")));
        Assert.Equal("{Id=1,Name=3'Rex}", Of(new Dog(1, "Rex")));
        Assert.Equal($"[{{Id=1}},({Here}+Dog){{Id=1,Name=3'Rex}}]", Of<Animal[]>([new Animal(1), new Dog(1, "Rex")]));
    }

    [Fact]
    public void What_was_passed_as_object_is_written_with_its_type()
    {
        Assert.Equal("(int[])[1]", Of<object>(new[] { 1 }));
        Assert.Equal("(System.ValueTuple<int,long>)[1,2]", Of<object>((1, 2L)));
        Assert.Equal("[(int)1,(string)1'a]", Of<IEnumerable<object>>(new List<object> { 1, "a" }));
        Assert.Equal("[(string)1'a]", Of<IEnumerable<object>>(new[] { "a" }));
        Assert.Equal("(string)2'ab", Of<IEnumerable<char>>("ab"));
    }

    [Fact]
    public void What_says_how_it_is_written_is_taken_at_its_word()
    {
        Assert.Equal("1'7", Of(new Part(7)));
        Assert.Equal("[1'7]", Of<Part[]>([new Part(7)]));
        Assert.Equal("2'#7", Of(new Told(7)));
    }

    [Fact]
    public void In_a_template_they_are_written_the_same()
    {
        var key = new CacheKeyBuilder("k_");
        key.AppendText<string[]>(["a", "b"]);
        key.AppendText(new Point(1, 2));

        Assert.Equal("k_[1'a,1'b]{X=1,Y=2}", key.ToStringAndRelease());
    }

    [Fact]
    public void The_culture_of_the_thread_does_not_matter()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            Assert.Equal("[1.5,{Value=-0.5}]", Of((1.5, new Computed(-0.5))));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_contains_itself_fails_the_key()
    {
        var list = new List<object>();
        list.Add(list);
        var key = new CacheKeyBuilder("M()");
        key.AppendArgument(list);

        Assert.EndsWith("is nested more than 64 levels deep, or contains itself.", key.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_element_without_a_usable_format_fails_the_key()
    {
        foreach (var value in new object[] { new[] { new object() }, new HashSet<object> { new() }, (1, new object()), new Dictionary<int, object> { [1] = new() } })
        {
            var key = new CacheKeyBuilder("M()");
            key.AppendArgument(value);
            key.AppendArgument(1);

            Assert.True(key.Failed);
        }
    }

    [Fact]
    public void A_sequence_is_not_consumed_for_the_key()
    {
        var reads = 0;
        var key = new CacheKeyBuilder("M()");
        key.AppendArgument(Enumerable.Range(0, 3).Select(number => ++reads));

        Assert.True(key.Failed);
        Assert.Equal(0, reads);
    }

    private static string Of<T>(T value)
    {
        var key = new CacheKeyBuilder("");
        key.AppendArgument(value);
        Assert.Null(key.Error);
        return key.ToStringAndRelease()[1..];
    }

    private sealed record Filter(string? City, int Page);

    private record struct Point(int X, int Y);

    private sealed record Empty;

    private sealed record Nested(Filter Left, IReadOnlyList<Point> Right);

    private sealed record Computed(double Value)
    {
        public double Twice => Value * 2;
    }

    private record Animal(int Id);

    private sealed record Dog(int Id, string Name) : Animal(Id);

    private sealed record Part(int Id) : ICacheKeyPart
    {
        public string GetCacheKeyPart() => Id.ToString(CultureInfo.InvariantCulture);
    }

    private sealed record Told(int Id)
    {
        public override string ToString() => $"#{Id}";
    }
}
