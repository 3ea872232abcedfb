// struct 1 | readonly 2 | record 3 R | record struct 4 | generic Int32 5 | primary 6 db | nested Int32 String Char 7 | static 8 | private 9
public struct Counter
{
    public int Start;

    [Cached]
    public async Task<string> AddAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        Start += id;
        return $"struct {Start}";
    }
}

public readonly struct ReadOnly(int start)
{
    private readonly int _start = start;

    [Cached]
    public ValueTask<string> AddAsync(int id)
    {
        Bodies.Ran();
        return new($"readonly {_start + id}");
    }
}

public record Class(string Name)
{
    [Cached]
    public virtual async Task<string> GetAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"record {id} {Name}";
    }
}

public readonly record struct Struct(int Id)
{
    [Cached]
    public async Task<string> GetAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"record struct {Id + id}";
    }
}

public record Generic<T>(T Value)
{
    [Cached]
    public async Task<string> GetAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"generic {typeof(T).Name} {id}";
    }
}

public sealed class Primary(string database)
{
    [Cached]
    public async Task<string> GetAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"primary {id} {database}";
    }
}

public class Outer<TOuter>
{
    public struct Middle
    {
        public class Inner<TInner>
        {
            [Cached]
            public async Task<string> GetAsync<T>(TOuter outer, TInner inner, T value, int id)
            {
                Bodies.Ran();
                await Task.Yield();
                return $"nested {typeof(TOuter).Name} {typeof(TInner).Name} {typeof(T).Name} {id}";
            }
        }
    }
}

public static class Scenario
{
    private static class Private
    {
        [Cached]
        internal static async Task<string> GetAsync(Secret id)
        {
            Bodies.Ran();
            await Task.Yield();
            return $"private {(int)id}";
        }
    }

    private enum Secret : byte
    {
        Nine = 9,
    }

    [Cached]
    private static Task<string> StaticAsync(int id)
    {
        Bodies.Ran();
        return Task.FromResult($"static {id}");
    }

    public static async Task<string> Run() => await Bodies.Each(
        () => new Counter { Start = 0 }.AddAsync(1),
        () => new ReadOnly(1).AddAsync(1).AsTask(),
        () => new Class("R").GetAsync(3),
        () => new Struct(3).GetAsync(1),
        () => new Generic<int>(1).GetAsync(5),
        () => new Primary("db").GetAsync(6),
        () => new Outer<int>.Middle.Inner<string>().GetAsync(1, "a", 'c', 7),
        () => StaticAsync(8),
        () => Private.GetAsync(Secret.Nine));
}
