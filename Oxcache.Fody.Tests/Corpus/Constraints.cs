// class String | class? ~ | struct Int32 | unmanaged 8 | notnull Guid | new Thing | interface 3 | T:U String Object | enum Friday | delegate Action | default 1 | refstruct Span`1 2 | many Int32
public class Thing
{
    public override string ToString() => "Thing";
}

public abstract class WithDefault
{
    public abstract Task<string> GetAsync<T>(T? value);
}

public sealed class Default : WithDefault
{
    [Cached]
    public override async Task<string> GetAsync<T>(T? value)
        where T : default
    {
        Bodies.Ran();
        await Task.Yield();
        return $"default {value}";
    }
}

public class Many<TFirst, TSecond>
    where TFirst : struct, IComparable<TFirst>, IEquatable<TFirst>
    where TSecond : class, IEnumerable<TFirst>, new()
{
    [Cached]
    public async Task<string> GetAsync<TThird>(TFirst first, TThird third)
        where TThird : IDictionary<TFirst, TSecond?>, new()
    {
        Bodies.Ran();
        await Task.Yield();
        try
        {
            var made = new TThird { [first] = new TSecond() };
            return $"many {made.Keys.Single().GetType().Name}";
        }
        catch (Exception<TThird>)
        {
            return "never";
        }
    }
}

public sealed class Exception<T> : Exception;

public static class Scenario
{
    [Cached]
    public static async Task<string> ClassAsync<T>(T value)
        where T : class
    {
        Bodies.Ran();
        await Task.Yield();
        return $"class {value.GetType().Name}";
    }

    [Cached]
    public static async Task<string> MaybeAsync<T>(T value)
        where T : class?
    {
        Bodies.Ran();
        await Task.Yield();
        return $"class? {(object?)value ?? "~"}";
    }

    [Cached]
    public static async ValueTask<string> StructAsync<T>(T value, T? maybe = null)
        where T : struct
    {
        Bodies.Ran();
        await Task.Yield();
        return $"struct {value.GetType().Name}{maybe}";
    }

    [Cached]
    public static unsafe Task<string> UnmanagedAsync<T>(T value)
        where T : unmanaged
    {
        Bodies.Ran();
        T* pointer = &value;
        return Task.FromResult($"unmanaged {sizeof(T)}{(pointer == null ? "?" : "")}");
    }

    [Cached]
    public static async Task<string> NotNullAsync<T>(T value)
        where T : notnull
    {
        Bodies.Ran();
        await Task.Yield();
        return $"notnull {value.GetType().Name}";
    }

    [Cached]
    public static async Task<string> NewAsync<T>(int id)
        where T : new()
    {
        Bodies.Ran();
        await Task.Yield();
        return $"new {new T()}";
    }

    [Cached]
    public static async Task<string> InterfaceAsync<T>(T left, T right)
        where T : System.Numerics.INumber<T>
    {
        Bodies.Ran();
        await Task.Yield();
        return $"interface {left + right}";
    }

    [Cached]
    public static async Task<string> DerivesAsync<T, TBase>(T value)
        where T : TBase
    {
        Bodies.Ran();
        await Task.Yield();
        TBase up = value;
        return $"T:U {up!.GetType().Name} {typeof(TBase).Name}";
    }

    [Cached]
    public static async Task<string> EnumAsync<T>(T value)
        where T : struct, Enum
    {
        Bodies.Ran();
        await Task.Yield();
        return $"enum {value}";
    }

    [Cached]
    public static async Task<string> DelegateAsync<T>([CacheKeyIgnore] T value)
        where T : Delegate
    {
        Bodies.Ran();
        await Task.Yield();
        return $"delegate {value.GetType().Name}";
    }

    [Cached]
    public static async Task<string> RefStructAsync<T>(int id)
        where T : allows ref struct
    {
        Bodies.Ran();
        await Task.Yield();
        return $"refstruct {typeof(T).Name} {id}";
    }

    public static async Task<string> Run() => await Bodies.Each(
        () => ClassAsync("x"),
        () => MaybeAsync<string?>(null),
        () => StructAsync(1).AsTask(),
        () => UnmanagedAsync(1L),
        () => NotNullAsync(Guid.Empty),
        () => NewAsync<Thing>(1),
        () => InterfaceAsync(1, 2),
        () => DerivesAsync<string, object>("x"),
        () => EnumAsync(DayOfWeek.Friday),
        () => DelegateAsync<Action>(() => { }),
        () => new Default().GetAsync(1),
        () => RefStructAsync<Span<int>>(2),
        () => new Many<int, List<int>>().GetAsync(1, new Dictionary<int, List<int>?>()));
}
