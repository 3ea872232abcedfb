using Oxcaching.Tests.Faults;
using Oxcaching.Tests.TestSupport;
using StackExchange.Redis;

namespace Oxcaching.Tests.History.Running;

/// <summary>Runs a fleet through its rounds and writes down what happens.</summary>
internal sealed class HistoryRun
{
    private const int WorkersPerInstance = 3;
    private const int LeastThreads = 32;
    private static readonly string[] Keys = [.. Worker.BusyKeys, .. Worker.RareKeys, .. Worker.UnloadedKeys];
    private static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HistoryScenario _scenario;
    private readonly HistoryRecorder _recorder = new();
    private readonly Register _register = new();
    private readonly FleetConfiguration _configuration;
    private readonly IReadOnlyList<RunRound> _rounds;

    /// <summary>Just quick enough for commands.</summary>
    private readonly Fault _slowLine;

    public HistoryRun(HistoryScenario scenario)
    {
        _scenario = scenario;
        _configuration = new(scenario.Levels, Caches.NewPrefix(), scenario.Promises.CoherenceMaxAge, scenario.DistributedSingleFlight);
        _slowLine = Fault.Delay(_configuration.CommandTimeout * 0.8);
        _rounds = RunPlan.Make(
            scenario.Seed, scenario.Duration, scenario.Managers + scenario.WovenApplications, scenario.WithFaults, scenario.Promises);
    }

    /// <summary>What the instances logged.</summary>
    public LogCollector Logs { get; private set; } = new();

    public async Task<RunHistory> RunAsync()
    {
        // Each SCAN blocks a thread, for as long as a fault lets it.
        ThreadPool.GetMinThreads(out var threads, out var completionThreads);
        ThreadPool.SetMinThreads(Math.Max(threads, LeastThreads), completionThreads);
        using var redis = await ConnectionMultiplexer.ConnectAsync(new Uri(_scenario.ServerUrl).Authority);
        using var observer = new WriteObserver();
        await using var fleet = await HistoryFleet.StartAsync(_scenario, _configuration, new QueryBodies(_register, _recorder, _scenario.Seed).Of);
        Logs = fleet.Logs;
        await fleet.WarmUpAsync(observer);

        // What its clears told the other instances is not to overtake what the run begins with.
        await Task.Delay((_scenario.Promises.Elsewhere ?? TimeSpan.Zero) + _scenario.Promises.Slack);
        using var stop = new CancellationTokenSource();
        var looker = new RedisLooker(redis, _configuration, _recorder);
        var watching = Task.WhenAll(looker.RunAsync(Keys, stop.Token), new MachineMonitor(redis, _recorder).RunAsync(stop.Token));
        try
        {
            var workers = NewWorkers(fleet, observer);
            foreach (var round in _rounds)
            {
                await RunAsync(round, fleet, workers, looker);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await watching.WaitAsync(Patience);
        }

        return _recorder.ToHistory();
    }

    private List<List<Worker>> NewWorkers(HistoryFleet fleet, WriteObserver observer) =>
        [.. fleet.Instances.Select((instance, number) => Enumerable.Range(0, WorkersPerInstance)
            .Select(worker => new Worker(
                number, instance, _register, _recorder, observer, new Random(unchecked((_scenario.Seed * 31) + (number * WorkersPerInstance) + worker))))
            .ToList())];

    private async Task RunAsync(RunRound round, HistoryFleet fleet, List<List<Worker>> workers, RedisLooker looker)
    {
        using var stop = new CancellationTokenSource();
        var working = Task.WhenAll(workers.SelectMany(own => own).Select(worker => Task.Run(() => worker.RunAsync(round.Work, stop.Token))));
        await Task.WhenAny(working, Task.Delay(round.Calm));
        await Task.WhenAll(fleet.Proxies.Select((proxy, number) => HarmAsync(proxy, fleet.Instances[number], [.. round.Faults.Where(fault => fault.Instance == number)])));
        if (round.WorksThroughRecovery)
        {
            await Task.WhenAny(working, Task.Delay(round.Recovery));
        }

        await stop.CancelAsync();
        await working.WaitAsync(Patience);
        await Task.Delay(round.WorksThroughRecovery ? _scenario.Promises.Slack : round.Recovery + _scenario.Promises.Slack);
        await RestAsync(workers, looker);
    }

    /// <summary>One fault after another; each is over before the next begins.</summary>
    private async Task HarmAsync(TcpProxy proxy, ICacheInstance instance, IReadOnlyList<PlannedFault> faults)
    {
        var started = _recorder.Now;
        foreach (var fault in faults)
        {
            var wait = started + fault.At - _recorder.Now;
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            if (fault.SlowLine is { } direction)
            {
                await RestartBehindSlowLineAsync(proxy, instance, fault, direction);
            }

            await HarmAsync(proxy, instance, fault);
        }
    }

    private async Task RestartBehindSlowLineAsync(TcpProxy proxy, ICacheInstance instance, PlannedFault fault, Direction direction)
    {
        var begin = _recorder.Now;
        proxy.Apply(_slowLine, direction);
        await instance.RestartAsync(Drain);
        _recorder.Add(Window(fault, begin, $"restart behind {_slowLine}, {direction}") with { IsSilent = true, HitsCommands = true });
    }

    private async Task HarmAsync(TcpProxy proxy, ICacheInstance instance, PlannedFault fault)
    {
        var begin = _recorder.Now;
        fault.Apply(proxy);
        await Task.Delay(fault.Lasts);
        var restart = _recorder.Now;
        if (fault.Restarts)
        {
            await instance.RestartAsync(Drain);
        }

        proxy.Heal();
        _recorder.Add(Window(fault, begin, fault.ToString()));
        if (fault.Restarts)
        {
            // A connection that is made now may fall into the same hole, and must be given up anew.
            _recorder.Add(Window(fault, restart, "restart") with { HitsCommands = true });
        }
    }

    private FaultWindow Window(PlannedFault fault, TimeSpan begin, string text) =>
        new(fault.Instance, new Interval(begin, _recorder.Now), fault.IsSilent, fault.IsLasting, fault.HitsCommands, text);

    /// <summary>Nobody writes, and every instance is asked for every key.</summary>
    private async Task RestAsync(List<List<Worker>> workers, RedisLooker looker)
    {
        var begin = _recorder.Now;
        foreach (var key in Keys)
        {
            await Task.WhenAll(workers.Select(own => own[0].GetAsync(key)));
            await looker.LookAsync(key);
        }

        _recorder.AddQuiet(new Interval(begin, _recorder.Now));
    }
}
