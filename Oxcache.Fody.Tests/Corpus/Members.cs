// partial 1 | extension ab | file 2 | generic extension Int32 3 | first 4 | operator 5 | indexer 6
public static partial class Parts
{
    [Cached]
    public static partial Task<string> GetAsync(int id);
}

public static partial class Parts
{
    public static async partial Task<string> GetAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"partial {id}";
    }
}

public static class Extensions
{
    [Cached]
    public static async Task<string> WithAsync(this string text, string more)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"extension {text}{more}";
    }

    [Cached]
    public static async Task<string> ShowAsync<T>(this T value, int id)
        where T : struct
    {
        Bodies.Ran();
        await Task.Yield();
        return $"generic extension {typeof(T).Name} {id}";
    }
}

file static class Local
{
    [Cached]
    public static async Task<string> GetAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"file {id}";
    }
}

public sealed class First
{
    private readonly Dictionary<int, int> _values = new() { [6] = 6 };

    public int this[int id] => _values[id];

    public static First operator +(First first, int more) => first;

    [Cached, Obsolete]
    public async Task<string> GetAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"first {id}";
    }

    [Cached]
    public async Task<string> OperatorAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"operator {id}{(this + 1 == this ? "" : "?")}";
    }

    [Cached]
    public async Task<string> IndexerAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"indexer {this[id]}";
    }
}

public static class Scenario
{
    public static async Task<string> Run() => await Bodies.Each(
        () => Parts.GetAsync(1),
        () => "a".WithAsync("b"),
        () => Local.GetAsync(2),
        () => 1.ShowAsync(3),
#pragma warning disable CS0612
        () => new First().GetAsync(4),
#pragma warning restore CS0612
        () => new First().OperatorAsync(5),
        () => new First().IndexerAsync(6));
}
