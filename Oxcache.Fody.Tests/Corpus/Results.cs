// (1, x) |  | 5 | System.Int32[] | System.Collections.Generic.Dictionary`2[System.String,System.Collections.Generic.List`1[System.Nullable`1[System.Int32]]] | 7 | 8 | Friday | dyn | System.Func`1[System.Int32] |  | True | Pair { Value = 1 }
public sealed record Pair<T>(T Value);

public static class Scenario
{
    [Cached]
    public static async Task<(int Id, string Name)> TupleAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return (1, "x");
    }

    [Cached]
    public static async Task<string?> NullAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return null;
    }

    [Cached]
    public static async ValueTask<int?> MaybeValueAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return 5;
    }

    [Cached]
    public static async Task<int[]> ArrayAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return new[] { 1, 2 };
    }

    [Cached]
    public static async Task<IReadOnlyDictionary<string, List<int?>>> MapAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return new Dictionary<string, List<int?>> { ["a"] = [1] };
    }

    [Cached]
    public static async ValueTask<nint> NativeAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return 7;
    }

    [Cached]
    public static async Task<object> ObjectAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return 8;
    }

    [Cached]
    public static async Task<DayOfWeek> EnumAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return DayOfWeek.Friday;
    }

    [Cached]
    public static async Task<dynamic> DynamicAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return "dyn";
    }

    [Cached]
    public static async Task<Func<int>> FuncAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return () => 9;
    }

    [Cached]
    public static async ValueTask<Dictionary<int, (string?, int?)>.KeyCollection?> NestedAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return null;
    }

    [Cached]
    public static async Task<bool> UnitAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return true;
    }

    [Cached]
    public static async ValueTask<Pair<int>> RecordAsync(int id)
    {
        Bodies.Ran();
        await Task.Yield();
        return new Pair<int>(1);
    }

    public static async Task<string> Run() => await Bodies.Each(
        async () => $"{await TupleAsync(1)}",
        async () => $"{await NullAsync(1)}",
        async () => $"{await MaybeValueAsync(1)}",
        async () => $"{await ArrayAsync(1)}",
        async () => $"{await MapAsync(1)}",
        async () => $"{await NativeAsync(1)}",
        async () => $"{await ObjectAsync(1)}",
        async () => $"{await EnumAsync(1)}",
        async () => $"{await DynamicAsync(1)}",
        async () => $"{await FuncAsync(1)}",
        async () => $"{await NestedAsync(1)}",
        async () => $"{await UnitAsync(1)}",
        async () => $"{await RecordAsync(1)}");
}
