namespace Oxcaching.Tests.History.Running;

/// <summary>A part of a run: time without faults, time with them, time to recover, and a moment of rest in which all must agree.</summary>
/// <param name="Calm">How long the first part is.</param>
/// <param name="Faults">What happens in the second, in order for each instance.</param>
/// <param name="FaultTime">How long that is.</param>
/// <param name="Recovery">How long the third is.</param>
/// <param name="WorksThroughRecovery">Whether work goes on in it; otherwise instances must recover without anything that happens to refresh them.</param>
/// <param name="Work">What is done.</param>
internal sealed record RunRound(
    TimeSpan Calm, IReadOnlyList<PlannedFault> Faults, TimeSpan FaultTime, TimeSpan Recovery, bool WorksThroughRecovery, WorkMix Work)
{
    public TimeSpan Duration => Calm + FaultTime + Recovery;
}
