namespace Oxcaching.Tests.Servers;

/// <summary>A real server on a loopback port, whatever it runs in.</summary>
public interface ITestServer : IAsyncDisposable
{
    int Port { get; }

    string Url { get; }

    /// <summary>Ends it: connections break, and nobody listens.</summary>
    Task StopAsync();

    /// <summary>Ends it if it runs and starts it on its port, without its data.</summary>
    Task RestartEmptyAsync();
}
