using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace Oxcaching.SmokeTest;

/// <summary>A Redis to talk to: the one that OXCACHE_REDIS names, or a Garnet started here as a child process on a free port.</summary>
internal sealed class DemoServer : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private readonly Process? _process;

    private DemoServer(string url, string description, Process? process)
    {
        Url = url;
        Description = description;
        _process = process;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
        Console.CancelKeyPress += (_, _) => Dispose();
    }

    public string Url { get; }

    public string Description { get; }

    public static async Task<DemoServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("OXCACHE_REDIS") is { Length: > 0 } given)
        {
            var url = given.Contains("://", StringComparison.Ordinal) ? given : "redis://" + given;
            return new DemoServer(url, "the Redis that OXCACHE_REDIS names", null);
        }

        var port = FreePort();
        var watch = Stopwatch.StartNew();
        var process = Process.Start(Garnet(port)) ?? throw new SmokeTestException("The Garnet server could not be started.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var server = new DemoServer($"redis://127.0.0.1:{port}", "", process);
        try
        {
            await AnsweredAsync(process, port);
        }
        catch
        {
            server.Dispose();
            throw;
        }

        return new DemoServer(server.Url, $"Garnet on port {port}, up in {watch.Elapsed.TotalSeconds:0.0} s", process);
    }

    /// <summary>Stops the server that was started here.</summary>
    public void Dispose()
    {
        if (_process is null)
        {
            return;
        }

        try
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    private static ProcessStartInfo Garnet(int port)
    {
        var server = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "GarnetServer").Value!;
        if (!File.Exists(server))
        {
            throw new SmokeTestException($"There is no {server}: run dotnet restore, or name a running Redis in OXCACHE_REDIS=host:port.");
        }

        string[] arguments =
        [
            server, "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--lua", "--lua-transaction-mode", "--memory", "256m", "--index", "16m",
        ];
        return new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };
    }

    private static async Task AnsweredAsync(Process process, int port)
    {
        using var timeout = new CancellationTokenSource(StartTimeout);
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, timeout.Token);
                return;
            }
            catch (SocketException) when (!process.HasExited)
            {
                // Not listening yet.
                await Task.Delay(TimeSpan.FromMilliseconds(50), timeout.Token);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
