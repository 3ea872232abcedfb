using Oxcaching.Tests.Faults;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Recovery;

/// <summary>Connections that something on the way has forgotten: nobody says that they are dead.</summary>
public sealed class BlackHoleTests
{
    [SkippableTheory]
    [EachServer]
    public async Task A_connection_that_went_silent_is_given_up_for_a_new_one(ServerKind kind)
    {
        await using var proxy = new TcpProxy(await ServerPool.UrlAsync(kind));
        await using var manager = await Options(proxy).StartAsync();
        proxy.Apply(Fault.BlackHole);
        await manager.Things().GetAsync<string>("k");
        await Eventually.Is(() => IsCutOff(manager));

        proxy.Heal();
        await Eventually.Is(() => !IsCutOff(manager));
    }

    [SkippableTheory]
    [EachServer]
    public async Task So_is_one_that_never_had_an_answer(ServerKind kind)
    {
        await using var proxy = new TcpProxy(await ServerPool.UrlAsync(kind));
        proxy.Apply(Fault.BlackHole);
        await using var manager = await Options(proxy).StartAsync();
        Assert.True(IsCutOff(manager));

        proxy.Heal();
        await Eventually.Is(() => !IsCutOff(manager));
    }

    private static bool IsCutOff(CacheManager manager) => manager.Parts[0].Remote!.IsCutOff;

    private static OxcacheOptions Options(TcpProxy proxy)
    {
        var options = Caches.Remote(proxy.Url, configure: service =>
        {
            service.L2.CommandTimeout = TimeSpan.FromMilliseconds(300);
            service.L2.ConnectionTimeout = TimeSpan.FromSeconds(2);
        });
        options.HealthCheckInterval = TimeSpan.FromSeconds(1);
        return options;
    }
}
