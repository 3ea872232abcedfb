using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Packages;

/// <summary>A Redis-compatible server of the test's own.</summary>
internal sealed class GarnetServer : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private GarnetServer(int port)
    {
        Port = port;
        var number = port.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [Repository.Metadata("GarnetServer"), "--port", number, "--bind", "127.0.0.1", "--lua", "--lua-transaction-mode", "--memory", "256m", "--index", "16m"])
        {
            RedirectStandardOutput = true,
        })!;
        _process.BeginOutputReadLine();
    }

    public int Port { get; }

    /// <summary>Returns when it takes connections.</summary>
    public static GarnetServer Start()
    {
        var server = new GarnetServer(FreePort());
        var watch = Stopwatch.StartNew();
        while (!server.Answers())
        {
            Assert.True(watch.Elapsed < StartTimeout && !server._process.HasExited, "Garnet did not start.");
            Thread.Sleep(50);
        }

        return server;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false; // not yet
        }
    }
}
