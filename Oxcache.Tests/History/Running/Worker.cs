namespace Oxcaching.Tests.History.Running;

/// <summary>One caller of one instance: calls after calls as its random numbers say, each written down.</summary>
internal sealed class Worker(
    int number, ICacheInstance instance, Register register, HistoryRecorder recorder, WriteObserver observer, Random random)
{
    /// <summary>Calls one key at a time, and that several times at once: what races must race on one instance.</summary>
    private const int MostAtOnce = 3;

    /// <summary>How much less of the calls of a rarely written key write.</summary>
    private const int Rarity = 20;

    public static IReadOnlyList<string> BusyKeys { get; } = ["a", "b", "c", "d", "e"];

    /// <summary>Read by all and seldom written: what an instance has missed of them, nothing else makes good.</summary>
    public static IReadOnlyList<string> RareKeys { get; } = ["f", "g", "h"];

    /// <summary>
    /// Rarely written too, and only by hand: when the tombstone of such a key is gone, there is nothing. The first by far the most often: some
    /// faults show where writes are close together, others where there is none for long.
    /// </summary>
    public static IReadOnlyList<string> UnloadedKeys { get; } = [.. "ijklmnopqrst".Select(key => $"{key}")];

    /// <param name="work">What it does.</param>
    /// <param name="stop">Ends it after the call under way.</param>
    public async Task RunAsync(WorkMix work, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var keys = random.Next(12) switch
            {
                < 6 => BusyKeys,
                < 8 => RareKeys,
                _ => UnloadedKeys,
            };
            var isRare = keys != BusyKeys;
            var key = keys[keys == UnloadedKeys ? SkewedBelow(keys.Count) : random.Next(keys.Count)];
            var writes = isRare ? work.WriteShare / (double)Rarity : work.WriteShare;
            var calls = Enumerable.Range(0, random.Next(1, MostAtOnce + 1)).Select(_ => CallAsync(key, writes, work.Clears)).ToList();
            await Task.WhenAll(calls);
            await Task.Delay(random.Next(4), CancellationToken.None);
        }
    }

    public Task GetAsync(string key) => ReadAsync(OperationKind.Get, key, nameof(CacheType.TwoLevel), instance.GetAsync);

    private int SkewedBelow(int count) => (int)(count * Math.Pow(random.NextDouble(), 3));

    private Task CallAsync(string key, double writeShare, bool clears) => random.NextDouble() * 100 < writeShare ? WriteAsync(key, clears) : ReadAsync(key);

    private Task ReadAsync(string key) => random.Next(20) switch
    {
        < 7 => GetAsync(key),
        _ when UnloadedKeys.Contains(key) => GetAsync(key),
        < 17 => ReadAsync(OperationKind.Load, key, nameof(CacheType.TwoLevel), async k => await instance.LoadAsync(k)),
        _ => ReadAsync(OperationKind.Load, key, nameof(CacheType.L2), async k => await instance.LoadThroughL2Async(k)),
    };

    private Task WriteAsync(string key, bool clears) => random.Next(clears ? 50 : 49) switch
    {
        < 22 => DeleteAsync(key, register.Bump(key)),
        < 26 => DeleteAsync(key, register.Read(key)),
        < 41 => SetAsync(key, instance.SetAsync),
        < 49 => SetAsync(key, instance.SetL2OnlyAsync),
        _ => WriteAsync(OperationKind.Clear, Operation.AllKeys, 0, null, instance.ClearAsync),
    };

    private Task DeleteAsync(string key, long version) => WriteAsync(OperationKind.Delete, key, version, null, () => instance.DeleteAsync(key));

    private Task SetAsync(string key, Func<string, string, Task> set)
    {
        var value = new Stamp(key, register.Bump(key), recorder.NewMaker());
        return WriteAsync(OperationKind.Set, key, value.Version, value, () => set(key, value.ToString()));
    }

    private async Task ReadAsync(OperationKind kind, string key, string levels, Func<string, Task<string?>> read)
    {
        var begin = recorder.Now;
        var text = await read(key);
        recorder.Add(new Operation
        {
            Kind = kind,
            Instance = number,
            Key = key,
            Begin = begin,
            End = recorder.Now,
            Value = text is null ? null : Stamp.Parse(text),
            Levels = levels,
        });
    }

    private async Task WriteAsync(OperationKind kind, string key, long version, Stamp? value, Func<Task> write)
    {
        var begin = recorder.Now;
        var isAcknowledged = await observer.WatchAsync(write);
        recorder.Add(new Operation
        {
            Kind = kind,
            Instance = number,
            Key = key,
            Begin = begin,
            End = recorder.Now,
            Value = value,
            IsAcknowledged = isAcknowledged,
            Version = version,
        });
    }
}
