// local 6 | closure 3 | async 22 | generic Int32 2 | recursive 120 | this 9 | static 4 | nested abc | linq 2,4
public sealed class Holder(int seed)
{
    private readonly int _seed = seed;

    [Cached]
    public async Task<string> ThisAsync(int id)
    {
        Bodies.Ran();
        Func<Task<int>> add = async () =>
        {
            await Task.Yield();
            return _seed + id;
        };
        return $"this {await add()}";
    }
}

public static class Scenario
{
    [Cached]
    public static async Task<string> LocalAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"local {Twice() * 3}";

        int Twice() => id * 2;
    }

    [Cached]
    public static Task<string> ClosureAsync(int id, int more)
    {
        Bodies.Ran();
        Func<int> sum = () => id++ + more;
        sum();
        return Task.FromResult($"closure {id + more - 1}");
    }

    [Cached]
    public static async Task<string> NestedAsync(int id)
    {
        Bodies.Ran();
        var sum = 0;
        await InnerAsync();
        return $"async {sum}";

        async Task InnerAsync()
        {
            for (var i = 0; i < id; i++)
            {
                await Task.Yield();
                Add(i);
            }

            void Add(int value) => sum += value + id;
        }
    }

    [Cached]
    public static async Task<string> GenericAsync<T>(T value, int id)
        where T : struct
    {
        Bodies.Ran();
        Func<Task<string>> show = async () =>
        {
            await Task.Yield();
            return Name(value) + " " + id;
        };
        return $"generic {await show()}";

        static string Name<TOther>(TOther other) => typeof(TOther).Name;
    }

    [Cached]
    public static async ValueTask<string> RecursiveAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return $"recursive {Factorial(id)}";

        static int Factorial(int number) => number < 2 ? 1 : number * Factorial(number - 1);
    }

    [Cached]
    public static Task<string> LambdaAsync(int id)
    {
        Bodies.Ran();
        return Task.Run(static () => "static 4");
    }

    [Cached]
    public static async Task<string> DeepAsync(string text)
    {
        Bodies.Ran();
        var result = "";
        foreach (var letter in text)
        {
            Action add = () =>
            {
                var captured = letter;
                Action inner = () => result += captured;
                inner();
            };
            add();
            await Task.Yield();
        }

        return $"nested {result}";
    }

    [Cached]
    public static async Task<string> LinqAsync(int[] ids, int factor)
    {
        Bodies.Ran();
        await Task.Yield();
        var found = from id in ids let doubled = id * factor where doubled < 5 orderby doubled select doubled;
        return $"linq {string.Join(',', found)}";
    }

    public static async Task<string> Run()
    {
        return await Bodies.Each(
            () => LocalAsync(1),
            () => ClosureAsync(1, 2),
            () => NestedAsync(4),
            () => GenericAsync(1, 2),
            () => RecursiveAsync(5).AsTask(),
            () => new Holder(4).ThisAsync(5),
            () => LambdaAsync(1),
            () => DeepAsync("abc"),
            () => LinqAsync([1, 2, 3], 2));
    }
}
