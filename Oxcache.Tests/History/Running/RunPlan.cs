using Oxcaching.Tests.Faults;
using Oxcaching.Tests.History.Checking;

namespace Oxcaching.Tests.History.Running;

/// <summary>Makes the rounds of a run: the same ones for the same seed.</summary>
internal sealed class RunPlan
{
    private static readonly int[] WriteShares = [2, 10, 25];

    private readonly Random _random;
    private readonly int _instances;
    private readonly Promises _promises;

    private RunPlan(int seed, int instances, Promises promises)
    {
        _random = new Random(seed);
        _instances = instances;
        _promises = promises;
    }

    /// <summary>At least one round, and as many as there is time for.</summary>
    public static IReadOnlyList<RunRound> Make(int seed, TimeSpan duration, int instances, bool withFaults, Promises promises)
    {
        var plan = new RunPlan(seed, instances, promises);
        var rounds = new List<RunRound>();
        for (var left = duration; rounds.Count == 0 || left > TimeSpan.FromSeconds(2); left -= rounds[^1].Duration)
        {
            rounds.Add(plan.NewRound(left, withFaults));
        }

        return rounds;
    }

    private RunRound NewRound(TimeSpan left, bool withFaults)
    {
        var calm = Milliseconds(500, 1500);
        var faultTime = withFaults ? Milliseconds(1000, 3000) : TimeSpan.Zero;
        var lasting = _promises.GivingUp + _promises.Recovery;
        var mayLast = _random.Next(2) == 0 && calm + faultTime + lasting <= left;
        var faults = !withFaults ? [] : _random.Next(5) switch
        {
            0 => NewOutage(faultTime),
            1 => NewMisled(faultTime),
            _ => NewFaults(faultTime, mayLast),
        };
        return new RunRound(
            calm,
            faults,
            faultTime,
            faults.Any(fault => fault.IsLasting) ? lasting : _promises.Recovery,
            WorksThroughRecovery: _random.Next(2) == 0,
            new WorkMix(WriteShares[_random.Next(WriteShares.Length)], Clears: _random.Next(2) == 0));
    }

    /// <summary>Redis is away for all at once, and some instances are restarted meanwhile.</summary>
    private List<PlannedFault> NewOutage(TimeSpan time)
    {
        var at = Milliseconds(0, 300);
        return [.. Enumerable.Range(0, _instances).Select(instance =>
            new PlannedFault(instance, at, time - at, Fault: null, Refuses: true, Direction.Both, ConnectionKind.Any) { Restarts = _random.Next(3) == 0 })];
    }

    /// <summary>Redis is away for some, each of which has a wrong idea of its time; the others go on.</summary>
    private List<PlannedFault> NewMisled(TimeSpan time)
    {
        var first = _random.Next(_instances);
        return [.. Enumerable.Range(0, _instances).Where(instance => instance == first || _random.Next(3) == 0).Select(instance =>
            new PlannedFault(instance, TimeSpan.Zero, time, Fault: null, Refuses: true, Direction.Both, ConnectionKind.Any)
            {
                SlowLine = Pick(Direction.ToServer, Direction.ToClient),
            })];
    }

    /// <summary>One fault after another for each instance, with pauses; some instances have none.</summary>
    private List<PlannedFault> NewFaults(TimeSpan time, bool mayLast)
    {
        var faults = new List<PlannedFault>();
        for (var instance = 0; instance < _instances; instance++)
        {
            if (_random.Next(3) == 0)
            {
                continue;
            }

            for (var at = Milliseconds(0, 1000); at < time; at += faults[^1].Lasts + Milliseconds(10, 700))
            {
                var lasts = Milliseconds(10, 2000);
                faults.Add(NewFault(instance, at, lasts < time - at ? lasts : time - at, mayLast));
            }
        }

        return faults;
    }

    private PlannedFault NewFault(int instance, TimeSpan at, TimeSpan lasts, bool mayLast)
    {
        Fault? fault = _random.Next(-1, mayLast ? 7 : 6) switch
        {
            < 2 => null,
            2 => Fault.Delay(Milliseconds(5, 300), Milliseconds(0, 100)),
            3 => Fault.Trickle(_random.Next(1, 65), Milliseconds(1, 20)),
            4 or 5 => Fault.Hold,
            _ => Fault.BlackHole,
        };
        return new PlannedFault(
            instance,
            at,
            lasts,
            fault,
            Refuses: _random.Next(2) == 0,
            Pick(Direction.Both, Direction.Both, Direction.ToServer, Direction.ToClient),
            Pick(ConnectionKind.Any, ConnectionKind.Any, ConnectionKind.Interactive, ConnectionKind.Subscription, ConnectionKind.Subscription, ConnectionKind.Subscription))
        {
            Restarts = _random.Next(8) == 0,
        };
    }

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];

    private TimeSpan Milliseconds(int least, int most) => TimeSpan.FromMilliseconds(_random.Next(least, most + 1));
}
