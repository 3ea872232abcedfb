// derived(base 1) | lambda(base 2) | sealed(derived(base 3)) | hidden 4 | abstract int 5 | base String k | protected 6
public abstract class Abstract<T>
{
    public abstract Task<string> FindAsync(T id);

    [Cached]
    public virtual async Task<string> ShowAsync<TKey>(TKey key)
        where TKey : notnull
    {
        Bodies.Ran();
        await Task.Yield();
        return $"base {typeof(T).Name} {key}";
    }

    [Cached]
    protected async Task<string> ProtectedAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"protected {id}";
    }
}

public class Concrete : Abstract<int>
{
    [Cached]
    public override async Task<string> FindAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"abstract int {id}";
    }

    public Task<string> ThroughAsync(int id) => ProtectedAsync(id);
}

public class Text : Abstract<string>
{
    public override Task<string> FindAsync(string id) => throw new NotSupportedException();
}

public class Base
{
    public virtual async Task<string> GetAsync(int id)
    {
        await Task.Yield();
        return $"base {id}";
    }
}

public class Derived : Base
{
    [Cached]
    public override async Task<string> GetAsync(int id)
    {
        Bodies.Ran();
        return $"derived({await base.GetAsync(id)})";
    }
}

public class Lambda : Base
{
    [Cached]
    public override Task<string> GetAsync(int id)
    {
        Bodies.Ran();
        Func<Task<string>> call = async () => $"lambda({await base.GetAsync(id)})";
        return call();
    }
}

public sealed class Sealed : Derived
{
    public override async Task<string> GetAsync(int id) => $"sealed({await base.GetAsync(id)})";
}

public sealed class Hiding : Base
{
    [Cached]
    public new async ValueTask<string> GetAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"hidden {id}";
    }
}

public static class Scenario
{
    public static async Task<string> Run() => await Bodies.Each(
        () => new Derived().GetAsync(1),
        () => new Lambda().GetAsync(2),
        () => new Sealed().GetAsync(3),
        () => new Hiding().GetAsync(4).AsTask(),
        () => new Concrete().FindAsync(5),
        () => new Text().ShowAsync("k"),
        () => new Concrete().ThroughAsync(6));
}
