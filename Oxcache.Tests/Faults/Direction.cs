namespace Oxcaching.Tests.Faults;

/// <summary>Which way bytes go through a proxy.</summary>
[Flags]
public enum Direction
{
    ToServer = 1,
    ToClient = 2,
    Both = ToServer | ToClient,
}
