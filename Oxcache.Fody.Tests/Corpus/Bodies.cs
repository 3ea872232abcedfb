// patterns big | using disposed | finally 1 filter | stackalloc 6 | dynamic 3 | collection 1,2,3 | iterator 0,1,2 | with 2 | ranges cd | lock 2 | goto 3 | checked overflow | stream 3 | deconstruct 3 | throw none | span 3
using System.Runtime.CompilerServices;

public sealed record Point(int X, int Y);

public sealed class Resource : IDisposable, IAsyncDisposable
{
    public static string State = "";

    public void Dispose() => State = "disposed";

    public ValueTask DisposeAsync()
    {
        State = "disposed";
        return default;
    }
}

public static class Scenario
{
    private static readonly object Gate = new();

    [Cached]
    public static async Task<string> PatternsAsync(int id, string? text)
    {
        Bodies.Ran();
        await Task.Yield();
        return "patterns " + (id, text) switch
        {
            ( > 10 and < 100, { Length: > 0 } and ['a', .., 'z']) => "big",
            (_, null) => "null",
            _ when id is not 5 => "other",
            _ => "none",
        };
    }

    [Cached]
    public static async Task<string> UsingAsync(int id)
    {
        Bodies.Ran();
        {
            using var one = new Resource();
            await using var two = new Resource();
            await Task.Yield();
        }

        return $"using {Resource.State}";
    }

    [Cached]
    public static async Task<string> FinallyAsync(int id)
    {
        Bodies.Ran();
        var order = "";
        try
        {
            try
            {
                await Task.Yield();
                throw new InvalidOperationException("x");
            }
            catch (InvalidOperationException e) when (e.Message == "x" && id == 1)
            {
                await Task.Yield();
                order += " filter";
            }
        }
        finally
        {
            await Task.Yield();
            order = $"finally {id}" + order;
        }

        return order;
    }

    [Cached]
    public static Task<string> FilterAsync(int id)
    {
        Bodies.Ran();
        try
        {
            checked
            {
                return Task.FromResult($"checked {int.MaxValue + id}");
            }
        }
        catch (OverflowException) when (id > 0)
        {
            return Task.FromResult("checked overflow");
        }
        finally
        {
            id = 0;
        }
    }

    [Cached]
    public static Task<string> StackallocAsync(int count)
    {
        Bodies.Ran();
        Span<int> numbers = stackalloc int[count];
        var sum = 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            ref var number = ref numbers[i];
            number = i;
            sum += number;
        }

        return Task.FromResult($"stackalloc {sum}");
    }

    [Cached]
    public static async Task<string> SpanAsync(string text)
    {
        Bodies.Ran();
        await Task.Yield();
        ReadOnlySpan<char> span = text;
        var length = span.Trim().Length;
        await Task.Yield();
        return $"span {length}";
    }

    [Cached]
    public static async Task<string> DynamicAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        dynamic value = id;
        value = value + 2;
        return $"dynamic {value}";
    }

    [Cached]
    public static async Task<string> CollectionAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        int[] first = [id, 2];
        List<int> all = [.. first, 3];
        return $"collection {string.Join(',', all)}";
    }

    [Cached]
    public static async Task<string> IteratorAsync(int count)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"iterator {string.Join(',', Count(count))}";

        static IEnumerable<int> Count(int to)
        {
            for (var i = 0; i < to; i++)
            {
                yield return i;
            }
        }
    }

    [Cached]
    public static async Task<string> StreamAsync(int count)
    {
        Bodies.Ran();
        var sum = 0;
        await foreach (var number in NumbersAsync(count).ConfigureAwait(false))
        {
            sum += number;
        }

        return $"stream {sum}";

        static async IAsyncEnumerable<int> NumbersAsync(int to, [EnumeratorCancellation] CancellationToken ct = default)
        {
            for (var i = 0; i < to; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }
    }

    [Cached]
    public static async Task<string> WithAsync(Point point)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"with {(point with { X = 2 }).X}";
    }

    [Cached]
    public static async Task<string> RangesAsync(string text)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"ranges {text[2..^1]}";
    }

    [Cached]
    public static Task<string> LockAsync(int id)
    {
        Bodies.Ran();
        lock (Gate)
        {
            id++;
        }

        return Task.FromResult($"lock {id}");
    }

    [Cached]
    public static async Task<string> GotoAsync(int id)
    {
        Bodies.Ran();
    again:
        await Task.Yield();
        if (++id < 3)
        {
            goto again;
        }

        return $"goto {id}";
    }

    [Cached]
    public static async Task<string> DeconstructAsync(Point point)
    {
        Bodies.Ran();
        await Task.Yield();
        var (x, y) = point;
        (x, y) = (y, x);
        return $"deconstruct {x + y}";
    }

    [Cached]
    public static async Task<string> ThrowAsync(string? text)
    {
        Bodies.Ran();
        await Task.Yield();
        try
        {
            return text ?? throw new ArgumentNullException(nameof(text));
        }
        catch (ArgumentNullException)
        {
            return "throw none";
        }
    }

    public static async Task<string> Run() => await Bodies.Each(
        () => PatternsAsync(50, "abz"),
        () => UsingAsync(1),
        () => FinallyAsync(1),
        () => StackallocAsync(4),
        () => DynamicAsync(1),
        () => CollectionAsync(1),
        () => IteratorAsync(3),
        () => WithAsync(new Point(1, 2)),
        () => RangesAsync("abcde"),
        () => LockAsync(1),
        () => GotoAsync(1),
        () => FilterAsync(1),
        () => StreamAsync(3),
        () => DeconstructAsync(new Point(1, 2)),
        () => ThrowAsync(null),
        () => SpanAsync(" abc "));
}
