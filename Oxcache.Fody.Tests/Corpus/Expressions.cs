// unsafe 3 | all 1,2 | handler 1.50 | list 1..3 | when a | many 10
using System.Globalization;

public static class Scenario
{
    [Cached]
    public static unsafe Task<string> UnsafeAsync(string text)
    {
        Bodies.Ran();
        fixed (char* first = text)
        {
            return Task.FromResult($"unsafe {first[2]}");
        }
    }

    [Cached]
    public static async Task<string> AllAsync(int id)
    {
        Bodies.Ran();
        var all = await Task.WhenAll(InnerAsync(id), InnerAsync(id + 1));
        return $"all {string.Join(',', all)}";

        static async Task<int> InnerAsync(int id)
        {
            await Task.Delay(1);
            return id;
        }
    }

    [Cached]
    public static async Task<string> HandlerAsync(double value)
    {
        Bodies.Ran();
        await Task.Yield();
        return string.Create(CultureInfo.InvariantCulture, $"handler {value:F2}");
    }

    [Cached]
    public static async Task<string> ListPatternAsync(int[] ids)
    {
        Bodies.Ran();
        await Task.Yield();
        return ids is [var first, .. { Length: 1 }, var last] ? $"list {first}..{last}" : "list none";
    }

    [Cached]
    public static async Task<string> WhenAsync(int? _, [CacheKeyIgnore] object? value = null)
    {
        Bodies.Ran();
        switch (value)
        {
            case string { Length: 1 } text when text == "a":
                await Task.Yield();
                return $"when {text}";
            case int:
                return "int";
            default:
                return "none";
        }
    }

    [Cached]
    public static async Task<string> LoopsAsync(int count)
    {
        Bodies.Ran();
        var sum = 0;
        foreach (var outer in Enumerable.Range(0, count))
        {
            do
            {
                await Task.Yield();
                if (sum % 2 == 0)
                {
                    sum++;
                    continue;
                }

                sum++;
                break;
            }
            while (true);
        }

        return $"many {sum}";
    }

    public static async Task<string> Run() => await Bodies.Each(
        () => UnsafeAsync("123"),
        () => AllAsync(1),
        () => HandlerAsync(1.5),
        () => ListPatternAsync([1, 2, 3]),
        () => WhenAsync(null, "a"),
        () => LoopsAsync(5));
}
