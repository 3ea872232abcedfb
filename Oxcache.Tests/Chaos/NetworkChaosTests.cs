using Oxcaching.Tests.Faults;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using Xunit.Abstractions;

namespace Oxcaching.Tests.Chaos;

/// <summary>What can happen on the way to Redis: to one instance, while another has a good connection.</summary>
[Collection(Undisturbed.Name)]
public sealed class NetworkChaosTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(2);

    [Fact]
    public Task The_connection_is_cut() => LiveThroughAsync(proxy => proxy.Refuse());

    [Fact]
    public Task Every_answer_is_late_by_seconds() => LiveThroughAsync(proxy => proxy.Apply(Fault.Delay(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1))));

    [Fact]
    public Task Bytes_trickle() => LiveThroughAsync(proxy => proxy.Apply(Fault.Trickle(1, TimeSpan.FromMilliseconds(20))));

    [Fact]
    public Task Nothing_arrives_any_more() => LiveThroughAsync(proxy => proxy.Apply(Fault.BlackHole));

    [Fact]
    public async Task Connections_are_reset_again_and_again()
    {
        await using var bed = await ChaosBed.StartAsync(ServerKind.Garnet, output);
        for (var times = 0; times < 10; times++)
        {
            bed.Proxy.Cut();
            await bed.LiveThroughAsync(Outage / 10);
        }

        await bed.RecoverAsync(keepsData: true);
    }

    private async Task LiveThroughAsync(Action<TcpProxy> harm)
    {
        await using var bed = await ChaosBed.StartAsync(ServerKind.Garnet, output);
        harm(bed.Proxy);
        await bed.LiveThroughAsync(Outage);

        bed.Proxy.Heal();
        await bed.RecoverAsync(keepsData: true);
    }
}
