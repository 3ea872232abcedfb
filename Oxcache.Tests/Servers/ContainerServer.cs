using DotNet.Testcontainers.Builders;
using Testcontainers.Redis;

namespace Oxcaching.Tests.Servers;

/// <summary>A real server in a container, empty at every start.</summary>
public sealed class ContainerServer : ITestServer
{
    private const int PlainPort = RedisBuilder.RedisPort;
    private const int TlsPort = 6380;
    private const string Certificate = "/tls/certificate.pem";
    private const string Key = "/tls/key.pem";

    /// <summary>For an image that has to be fetched first, too.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(5);

    private readonly RedisContainer _container;

    private ContainerServer(RedisContainer container, int port, string url) => (_container, Port, Url) = (container, port, url);

    public int Port { get; }

    public string Url { get; }

    public static async Task<ITestServer> StartAsync(string image, ServerSetup setup)
    {
        // Named here, lest it is another after a restart.
        var port = RedisServer.FreePort();
        var inside = setup.Certificate is null ? PlainPort : TlsPort;
        var builder = new RedisBuilder(image)
            .WithPortBinding(port, inside)
            .WithCommand(["redis-server", "--protected-mode", "no", "--save", "", .. setup.RedisArguments(inside, PlainPort, Certificate, Key)]);
        if (setup.Certificate is { } certificate)
        {
            builder = builder
                .WithResourceMapping(File.ReadAllBytes(certificate.PemFile), Certificate)
                .WithResourceMapping(File.ReadAllBytes(certificate.KeyFile), Key);
        }

        var container = Build(builder);
        using var timeout = new CancellationTokenSource(StartTimeout);
        await container.StartAsync(timeout.Token);
        return new ContainerServer(container, port, setup.Url(port));
    }

    public Task StopAsync() => _container.StopAsync();

    public async Task RestartEmptyAsync()
    {
        await StopAsync();
        await _container.StartAsync();
    }

    public ValueTask DisposeAsync() => _container.DisposeAsync();

    private static RedisContainer Build(RedisBuilder builder)
    {
        try
        {
            return builder.Build();
        }
        catch (DockerUnavailableException e)
        {
            throw new InvalidOperationException("no Docker engine answers.", e);
        }
    }
}
