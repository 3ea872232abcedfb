using Oxcaching.Tests.Faults;

namespace Oxcaching.Tests.History.Running;

/// <summary>A fault to come.</summary>
/// <param name="Instance">Whose proxy.</param>
/// <param name="At">When, since the round's faults began.</param>
/// <param name="Lasts">For how long.</param>
/// <param name="Fault">What the proxy does with bytes; null: it resets the connections.</param>
/// <param name="Refuses">Whether it resets new ones too, as long as the fault lasts.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Connections">Which connections.</param>
internal sealed record PlannedFault(
    int Instance, TimeSpan At, TimeSpan Lasts, Fault? Fault, bool Refuses, Direction Direction, ConnectionKind Connections)
{
    /// <summary>Whether the instance is restarted before it heals.</summary>
    public bool Restarts { get; init; }

    /// <summary>
    /// Which way the line is slow behind which the instance is restarted before the fault begins; null: none. What it then takes for Redis's
    /// time is wrong, one way or the other, by half of what the line takes, and it cannot know by more than that.
    /// </summary>
    public Direction? SlowLine { get; init; }

    public bool IsSilent => Fault is not null;

    public bool IsLasting => Fault?.Kind == FaultKind.BlackHole;

    public bool HitsCommands => Connections.HasFlag(ConnectionKind.Interactive);

    public void Apply(TcpProxy proxy)
    {
        if (Fault is not null)
        {
            proxy.Apply(Fault, Direction, Connections);
        }
        else if (Refuses)
        {
            proxy.Refuse(Connections);
        }
        else
        {
            proxy.Cut(Connections);
        }
    }

    public override string ToString() =>
        $"{(SlowLine is null ? "" : $"restart behind a line slow {SlowLine}, then ")}{Fault?.ToString() ?? (Refuses ? "refuse" : "cut")}, {Connections}{(Fault is null ? "" : $", {Direction}")}, {Lasts.TotalMilliseconds:0} ms";
}
