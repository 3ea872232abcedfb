using Oxcaching.Tests.Faults;
using Oxcaching.Tests.Servers;

namespace Oxcaching.Tests.Soak;

/// <summary>One fault after another, of the server and of the way to it.</summary>
internal sealed class SoakFaults(RedisServer server, TcpProxy proxy)
{
    private int _count;

    /// <summary>Makes the next one, and ends it when its time is over.</summary>
    /// <returns>Which it was.</returns>
    public async Task<string> NextAsync(TimeSpan lasts)
    {
        (string Name, Action Harm)[] faults =
        [
            ("no connection", () => proxy.Refuse()),
            ("a frozen server", server.Freeze),
            ("late answers", () => proxy.Apply(Fault.Delay(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)))),
            ("a killed server", server.Kill),
            ("a black hole", () => proxy.Apply(Fault.BlackHole)),
            ("no messages", () => proxy.Apply(Fault.BlackHole, Direction.ToClient, ConnectionKind.Subscription)),
            ("a reset", () => proxy.Cut()),
        ];
        var (name, harm) = faults[_count++ % faults.Length];
        harm();
        await Task.Delay(lasts);
        proxy.Heal();
        await server.ReviveAsync();
        return name;
    }
}
