namespace Oxcaching.Tests.Faults;

/// <summary>What a proxy does with bytes.</summary>
public enum FaultKind
{
    Pass,
    Delay,
    Trickle,
    Hold,
    BlackHole,
}
