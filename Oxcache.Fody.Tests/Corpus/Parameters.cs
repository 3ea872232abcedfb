// params 1,2 | span 2 | enumerable 6 | defaults 1 x  Friday 0 1.5 01/01/0001 ~ | tuple 1 a | nint -1 2 | nullable 5 ~ ~ | enums B 1 Read, Write | arrays 1,2;3 | guid 00000000 | dto +02:00 | record Bonn 2 | formattable 1.5 € | keyword 1 2 3 | many 153 | caller Run | dictionary 2 | set b,a | bytes 3 | types String | uri a b | version 1.2
using System.Runtime.CompilerServices;

public enum Letter : byte
{
    A,
    B,
}

[Flags]
public enum Access : long
{
    None = 0,
    Read = 1,
    Write = 1L << 40,
}

public sealed record Filter(string City, int Page, Filter? Next = null);

public readonly record struct Money(decimal Amount, string Currency) : IFormattable
{
    public string ToString(string? format, IFormatProvider? formatProvider) => FormattableString.Invariant($"{Amount} {Currency}");
}

public static class Scenario
{
    [Cached]
    public static async Task<string> ParamsAsync(params int[] ids)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"params {string.Join(',', ids)}";
    }

    [Cached]
    public static async Task<string> ListAsync(string name, params IReadOnlyList<int> ids)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"span {ids.Count}{name}";
    }

    [Cached]
    public static async Task<string> EnumerableAsync(params IEnumerable<int> ids)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"enumerable {ids.Sum()}";
    }

    [Cached]
    public static async Task<string> DefaultsAsync(int id = 1, string text = "x", string? none = null, DayOfWeek day = DayOfWeek.Friday, Guid guid = default, decimal price = 1.5m, DateTime at = default, int? maybe = null)
    {
        Bodies.Ran();
        await Task.Yield();
        return FormattableString.Invariant($"defaults {id} {text} {none} {day} {guid.GetHashCode()} {price} {at:d} {maybe?.ToString() ?? "~"}");
    }

    [Cached]
    public static async Task<string> TupleAsync((int Id, string Name) pair, Tuple<int, long>? other)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"tuple {pair.Id} {pair.Name}";
    }

    [Cached]
    public static async Task<string> NativeAsync(nint left, nuint right)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"nint {left} {right}";
    }

    [Cached]
    public static async Task<string> NullableAsync(int? left, DayOfWeek? day, (int, string)? pair)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"nullable {left} {day?.ToString() ?? "~"} {pair?.ToString() ?? "~"}";
    }

    [Cached]
    public static async Task<string> EnumsAsync(Letter letter, Letter? other, Access access)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"enums {letter} {(int?)other} {access}";
    }

    [Cached]
    public static async Task<string> ArraysAsync(int[][] ids, string?[]? names)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"arrays {string.Join(';', ids.Select(inner => string.Join(',', inner)))}";
    }

    [Cached]
    public static async Task<string> GuidAsync(Guid id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"guid {id.ToString()[..8]}";
    }

    [Cached]
    public static async Task<string> DatesAsync(DateTimeOffset at, DateOnly day, TimeOnly time, TimeSpan span)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"dto +{at.Offset:hh\\:mm}";
    }

    [Cached]
    public static async Task<string> RecordAsync(Filter filter)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"record {filter.City} {filter.Page}";
    }

    [Cached]
    public static async Task<string> MoneyAsync(Money money, Money? other)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"formattable {money}";
    }

    [Cached]
    public static async Task<string> KeywordAsync(int @class, int _, int été)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"keyword {@class} {_} {été}";
    }

    [Cached]
    public static async Task<string> ManyAsync(
        int a, long b, short c, byte d, sbyte e, ushort f, uint g, ulong h, int i, int j, int k, int l, int m, int n, int o, int p, int q)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"many {a + b + c + d + e + f + g + (long)h + i + j + k + l + m + n + o + p + q}";
    }

    [Cached]
    public static async Task<string> CallerAsync(int id, [CallerMemberName] string caller = "")
    {
        Bodies.Ran();
        await Task.Yield();
        return $"caller {caller}";
    }

    [Cached]
    public static async Task<string> DictionaryAsync(IReadOnlyDictionary<string, List<int>> map)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"dictionary {map.Count}";
    }

    [Cached]
    public static async Task<string> SetAsync(ISet<string> set)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"set {string.Join(',', set)}";
    }

    [Cached]
    public static async Task<string> BytesAsync(byte[] bytes)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"bytes {bytes.Length}";
    }

    [Cached]
    public static async Task<string> TypesAsync(Type type)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"types {type.Name}";
    }

    [Cached]
    public static async Task<string> UriAsync(Uri uri)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"uri {uri.Host} {uri.Segments[^1]}";
    }

    [Cached]
    public static async Task<string> VersionAsync(Version version)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"version {version}";
    }

    public static async Task<string> Run() => await Bodies.Each(
        () => ParamsAsync(1, 2),
        () => ListAsync("", 1, 2),
        () => EnumerableAsync(1, 2, 3),
        () => DefaultsAsync(),
        () => TupleAsync((1, "a"), null),
        () => NativeAsync(-1, 2),
        () => NullableAsync(5, null, null),
        () => EnumsAsync(Letter.B, Letter.B, Access.Read | Access.Write),
        () => ArraysAsync([[1, 2], [3]], [null, "x"]),
        () => GuidAsync(Guid.Empty),
        () => DatesAsync(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), default, default, default),
        () => RecordAsync(new Filter("Bonn", 2, new Filter("x", 1))),
        () => MoneyAsync(new Money(1.5m, "€"), null),
        () => KeywordAsync(1, 2, 3),
        () => ManyAsync(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17),
        () => CallerAsync(1, "Run"),
        () => DictionaryAsync(new Dictionary<string, List<int>> { ["b"] = [1], ["a"] = [] }),
        () => SetAsync(new HashSet<string> { "b", "a" }),
        () => BytesAsync([1, 2, 3]),
        () => TypesAsync(typeof(string)),
        () => UriAsync(new Uri("http://a/b")),
        () => VersionAsync(new Version(1, 2)));
}
