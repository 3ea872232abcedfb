namespace Oxcaching.Tests.History.Running;

/// <summary>One caller of one instance: calls after calls as its random numbers say, each written down.</summary>
internal sealed class Worker(
    int number, ICacheInstance instance, IReadOnlyList<string> keys, Register register, HistoryRecorder recorder, WriteObserver observer, Random random)
{
    /// <summary>Calls one key at a time, and that several times at once: what races must race on one instance.</summary>
    private const int MostAtOnce = 3;

    /// <param name="writeShare">The part of its calls that write, in percent.</param>
    /// <param name="stop">Ends it after the call under way.</param>
    public async Task RunAsync(int writeShare, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var key = keys[random.Next(keys.Count)];
            var calls = Enumerable.Range(0, random.Next(1, MostAtOnce + 1)).Select(_ => CallAsync(key, writeShare)).ToList();
            await Task.WhenAll(calls);
            await Task.Delay(random.Next(4), CancellationToken.None);
        }
    }

    public Task GetAsync(string key) => ReadAsync(OperationKind.Get, key, nameof(CacheType.TwoLevel), instance.GetAsync);

    private Task CallAsync(string key, int writeShare) => random.Next(100) < writeShare ? WriteAsync(key) : ReadAsync(key);

    private Task ReadAsync(string key) => random.Next(20) switch
    {
        < 7 => GetAsync(key),
        < 17 => ReadAsync(OperationKind.Load, key, nameof(CacheType.TwoLevel), async k => await instance.LoadAsync(k)),
        _ => ReadAsync(OperationKind.Load, key, nameof(CacheType.L2), async k => await instance.LoadThroughL2Async(k)),
    };

    private Task WriteAsync(string key) => random.Next(50) switch
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
