using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Contract;

/// <summary>What an L2 must do: speak TLS.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly ServerCertificate _certificate = new();

    public void Dispose() => _certificate.Dispose();

    [SkippableTheory]
    [EachL2]
    public async Task With_a_certificate_that_the_machine_trusts_everything_works(string kind)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only on Linux a process is told by SSL_CERT_FILE what to trust.");
        await using var server = await ServerPool.StartOwnAsync(kind, new ServerSetup { Certificate = _certificate });
        using var program = TrustingProgram.Start(server.Url, _certificate.PemFile);

        Assert.Equal(TrustingProgram.Done, await program.StandardOutput.ReadLineAsync());
        await program.WaitForExitAsync();
    }

    [SkippableTheory]
    [EachL2]
    public async Task With_one_that_nobody_vouches_for_no_call_fails_and_nothing_is_sent(string kind)
    {
        await using var server = await ServerPool.StartOwnAsync(kind, new ServerSetup { Certificate = _certificate });
        await using var manager = await Caches.TwoLevel(server.Url, configure: HurryUp).StartAsync();

        await AssertNoCallFailsAsync(manager);
    }

    [SkippableTheory]
    [EachL2]
    public async Task Who_speaks_plainly_to_it_is_without_L2_and_no_call_fails(string kind)
    {
        await using var server = await ServerPool.StartOwnAsync(kind, new ServerSetup { Certificate = _certificate });
        await using var manager = await Caches.TwoLevel($"redis://127.0.0.1:{server.Port}", configure: HurryUp).StartAsync();

        await AssertNoCallFailsAsync(manager);
    }

    private static async Task AssertNoCallFailsAsync(CacheManager manager)
    {
        Assert.Equal(1, await manager.Things().GetOrSetAsync("k", _ => new ValueTask<int>(1)));
        await manager.Things().SetAsync("k2", 2);
        Assert.Equal(2, await manager.Things().GetAsync<int>("k2"));
        await Eventually.Is(() => manager.Health is { State: HealthState.Degraded, LastError: not null });
        Assert.Equal(1, manager.Health.PendingWrites);
    }

    private static void HurryUp(ServiceOptions service) => service.L2.ConnectionTimeout = TimeSpan.FromSeconds(2);
}
