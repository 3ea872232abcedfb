namespace Oxcaching.Tests.History.Running;

/// <summary>The bodies of all loads: each reads the register at some moment of its run, and is written down.</summary>
internal sealed class QueryBodies(Register register, HistoryRecorder recorder, int seed)
{
    public QueryBody Of(int instance) => (key, levels, _) => RunAsync(instance, key, levels);

    private async Task<string> RunAsync(int instance, string key, string levels)
    {
        var begin = recorder.Now;
        var maker = recorder.NewMaker();
        var random = new Random(unchecked((seed * 31) + (int)maker));
        await PauseAsync(random);
        var version = register.Read(key);
        var readAt = recorder.Now;
        await PauseAsync(random);
        var made = new Stamp(key, version, maker);
        recorder.Add(new Operation
        {
            Kind = OperationKind.Body,
            Instance = instance,
            Key = key,
            Begin = begin,
            End = recorder.Now,
            Value = made,
            ReadAt = readAt,
            Levels = levels,
        });
        return made.ToString();
    }

    /// <summary>Mostly short, and now and then long enough for many a write to come in between.</summary>
    private static Task PauseAsync(Random random) => random.Next(10) switch
    {
        < 4 => Task.CompletedTask,
        < 9 => Task.Delay(random.Next(1, 15)),
        _ => Task.Delay(random.Next(20, 80)),
    };
}
