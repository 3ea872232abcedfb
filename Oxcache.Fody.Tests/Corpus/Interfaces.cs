// Base 1 | Base 2/x | explicit 3 | other 4 | made 5 | virtual 6 | own 6 | diamond 7
public interface IRead<T>
{
    string Prefix => "Base";

    [Cached]
    async Task<string> ReadAsync(T id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"{Prefix} {id}";
    }

    [Cached]
    Task<string> ReadAsync<TMore>(T id, TMore more)
    {
        Bodies.Ran();
        return Task.FromResult($"{Prefix} {id}/{more}");
    }
}

public interface IWrite
{
    Task<string> ReadAsync(int id);
}

public interface IMake<TSelf>
    where TSelf : IMake<TSelf>
{
    static abstract Task<string> MakeAsync(int id);

    [Cached]
    static virtual async ValueTask<string> VirtualAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"virtual {id}";
    }
}

public interface ILeft : IRead<long>
{
    [Cached]
    async Task<string> IRead<long>.ReadAsync(long id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"diamond {id}";
    }
}

public sealed class Plain : IRead<int>;

public sealed class Diamond : ILeft;

public sealed class Explicit : IRead<int>, IWrite, IMake<Explicit>
{
    [Cached]
    async Task<string> IRead<int>.ReadAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"explicit {id}";
    }

    [Cached]
    Task<string> IWrite.ReadAsync(int id)
    {
        Bodies.Ran();
        return Task.FromResult($"other {id}");
    }

    [Cached]
    public static async Task<string> MakeAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"made {id}";
    }
}

public sealed class Own : IMake<Own>
{
    [Cached]
    public static Task<string> MakeAsync(int id) => Task.FromResult("");

    [Cached]
    public static ValueTask<string> VirtualAsync(int id)
    {
        Bodies.Ran();
        return new($"own {id}");
    }
}

public static class Scenario
{
    public static async Task<string> Run()
    {
        IRead<int> plain = new Plain();
        IRead<int> read = new Explicit();
        IWrite write = new Explicit();
        IRead<long> diamond = new Diamond();
        return await Bodies.Each(
            () => plain.ReadAsync(1),
            () => plain.ReadAsync(2, "x"),
            () => read.ReadAsync(3),
            () => write.ReadAsync(4),
            () => Make<Explicit>(5),
            () => Virtual<Explicit>(6),
            () => Virtual<Own>(6),
            () => diamond.ReadAsync(7));
    }

    private static Task<string> Make<T>(int id)
        where T : IMake<T> => T.MakeAsync(id);

    private static Task<string> Virtual<T>(int id)
        where T : IMake<T> => T.VirtualAsync(id).AsTask();
}
