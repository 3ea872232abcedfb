using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Chaos;

/// <summary>An application in a process of its own that does what it is told on its standard input, a line for each call, and prints what came of it.</summary>
internal static class PuppetProgram
{
    public const string Name = "puppet";
    public const string Nothing = "nothing";

    public static async Task<int> RunAsync(string[] args)
    {
        var options = OxcacheOptions.Load(args[0]);
        options.LoggerFactory = new LogCollector();
        await using var manager = await options.StartAsync();
        var things = manager.GetClient(Caches.Service);
        var release = new TaskCompletionSource<string>();
        var load = Task.FromResult("");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var answer = Nothing;
            switch (line.Split(' '))
            {
                case ["get", var key]:
                    answer = await things.GetAsync<string>(key) ?? Nothing;
                    break;
                case ["set", var key, var value]:
                    await things.SetAsync(key, value);
                    break;
                case ["load", var key]:
                    var isRunning = new TaskCompletionSource();
                    load = things.GetOrSetAsync(
                        key,
                        _ =>
                        {
                            isRunning.SetResult();
                            return new ValueTask<string>(release.Task);
                        }).AsTask();
                    await isRunning.Task;
                    break;
                case ["finish", var value]:
                    release.SetResult(value);
                    answer = await load;
                    break;
            }

            await Console.Out.WriteLineAsync(answer);
        }

        return 0;
    }
}
