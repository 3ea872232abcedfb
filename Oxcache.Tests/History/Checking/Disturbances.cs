namespace Oxcaching.Tests.History.Checking;

/// <summary>How long each fault excuses its instance.</summary>
internal sealed class Disturbances
{
    private readonly RunHistory _history;
    private readonly Promises _promises;

    /// <summary>By instance: each fault, and when it is certainly over. Time in which the machine stood still does not count.</summary>
    private readonly ILookup<int, (FaultWindow Fault, TimeSpan Over)> _faults;

    public Disturbances(RunHistory history, Promises promises)
    {
        _history = history;
        _promises = promises;
        _faults = history.Faults.GroupBy(fault => fault.Instance)
            .SelectMany(group => WithEnds([.. group]).Select(end => (Instance: group.Key, End: end)))
            .ToLookup(pair => pair.Instance, pair => pair.End);
    }

    /// <summary>Whether the instance may still see, when a read begins, what was replaced and what messages told of at a given time.</summary>
    /// <remarks>
    /// Until it knows of the fault it serves what it has; from then on an entry lives for <c>coherence_max_age</c> after the
    /// later of its load and the loss; when the fault is over, nothing stale is left.
    /// </remarks>
    public bool Excuse(int instance, TimeSpan told, TimeSpan readBegin) =>
        _faults[instance].Any(disturbance =>
        {
            var (fault, over) = disturbance;
            var known = _history.After(fault.Time.Begin, fault.IsSilent ? _promises.Detection : TimeSpan.Zero);
            var aged = Max(told, known) + _promises.CoherenceMaxAge + _promises.Slack;
            return fault.Time.Begin <= told + (_promises.Elsewhere ?? TimeSpan.Zero) && told <= over && readBegin <= Min(aged, over);
        });

    /// <summary>Whether the instance was under a fault, or not over it, at any moment of a time.</summary>
    public bool Touches(int instance, Interval time) =>
        _faults[instance].Any(disturbance => disturbance.Fault.Time.Begin <= time.End && time.Begin <= disturbance.Over);

    public bool TouchesAny(Interval time) => _faults.Any(instance => Touches(instance.Key, time));

    /// <summary>When an instance that was under a fault at this time was certainly over it; the time itself where it was under none.</summary>
    public TimeSpan OverAfter(int instance, TimeSpan time) =>
        _faults[instance].Where(disturbance => disturbance.Fault.Time.Begin <= time && time <= disturbance.Over)
            .Select(disturbance => disturbance.Over).Append(time).Max();

    /// <summary>A fault that begins before the instance is over the one before prolongs it. From the last to the first.</summary>
    private IEnumerable<(FaultWindow Fault, TimeSpan Over)> WithEnds(List<FaultWindow> faults)
    {
        var later = new List<(TimeSpan Begin, TimeSpan Over)>();
        for (var i = faults.Count - 1; i >= 0; i--)
        {
            var fault = faults[i];
            var givenUp = _history.After(fault.Time.Begin, fault.HitsCommands ? _promises.GivingUp : _promises.Detection);
            var healed = fault.IsLasting ? Max(fault.Time.End, givenUp) : fault.Time.End;
            var over = _history.After(healed, _promises.Recovery + _promises.RecoverySlack);
            over = later.Where(next => next.Begin <= over).Select(next => next.Over).Append(over).Max();
            later.Add((fault.Time.Begin, over));
            yield return (fault, over);
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
