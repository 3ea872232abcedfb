using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace Oxcaching.Tests.Servers;

/// <summary>A real server in a process of its own, on a free loopback port, empty at every start.</summary>
public sealed class RedisServer : IDisposable, ITestServer
{
    private const string GarnetVersion = "2.2.8";
    private const int LowestPort = 12000;
    private const int PortCount = 20000;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static int _nextPort = Random.Shared.Next(PortCount);

    private readonly ServerSetup _setup;
    private readonly ProcessStartInfo _start;
    private Process _process;

    private RedisServer(ServerKind kind, int port, ServerSetup setup, ProcessStartInfo start, Process process)
    {
        Kind = kind;
        Port = port;
        _setup = setup;
        _start = start;
        _process = process;
    }

    public ServerKind Kind { get; }

    public int Port { get; }

    public string Url => _setup.Url(Port);

    /// <summary>Why the kind cannot be started here; null if it can.</summary>
    public static string? Missing(ServerKind kind) =>
        kind == ServerKind.Redis && FindOnPath("redis-server") is null ? "redis-server is not on the PATH." : null;

    public static Task<RedisServer> StartAsync(ServerKind kind, ServerSetup? setup = null)
    {
        var port = FreePort();
        setup ??= ServerSetup.Usual;
        return StartAsync(kind, port, setup, kind == ServerKind.Garnet ? Garnet(port, setup) : Redis(port, setup));
    }

    /// <summary>A redis-server that is told more, be it a sentinel or a node of a cluster.</summary>
    /// <param name="port">A free one.</param>
    /// <param name="folder">Where it keeps its state; kept as long as the server.</param>
    /// <param name="arguments">After those that every server here is given; the first may be a configuration file.</param>
    public static Task<RedisServer> StartRedisAsync(int port, string folder, params string[] arguments)
    {
        var start = Redis(port, ServerSetup.Usual);
        start.WorkingDirectory = folder;
        foreach (var argument in arguments.Reverse())
        {
            start.ArgumentList.Insert(0, argument);
        }

        return StartAsync(ServerKind.Redis, port, ServerSetup.Usual, start);
    }

    /// <summary>Ends the process at once, as kill -9 does.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public Task StopAsync()
    {
        Kill();
        return Task.CompletedTask;
    }

    /// <summary>Kills it and starts it again on its port, without its data.</summary>
    public async Task RestartEmptyAsync()
    {
        Kill();
        _process.Dispose();
        _process = await LaunchAsync(Kind, Port, _setup, _start);
    }

    /// <summary>Starts it again if it was killed, and thaws it if it was frozen.</summary>
    public async Task ReviveAsync()
    {
        if (_process.HasExited)
        {
            await RestartEmptyAsync();
        }
        else
        {
            Thaw();
        }
    }

    /// <summary>Stops the process in its tracks: connections stay open and nothing is answered.</summary>
    public void Freeze() => _process.Signal("STOP");

    public void Thaw() => _process.Signal("CONT");

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A free port of the loopback interface, never the same twice.</summary>
    /// <remarks>Below those that the system gives to outgoing connections, lest one of them takes it before the server does.</remarks>
    public static int FreePort()
    {
        while (true)
        {
            var port = LowestPort + (Interlocked.Increment(ref _nextPort) % PortCount);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }

    private static async Task<RedisServer> StartAsync(ServerKind kind, int port, ServerSetup setup, ProcessStartInfo start) =>
        new(kind, port, setup, start, await LaunchAsync(kind, port, setup, start));

    private static async Task<Process> LaunchAsync(ServerKind kind, int port, ServerSetup setup, ProcessStartInfo start)
    {
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        using var timeout = new CancellationTokenSource(StartTimeout);
        while (!await AnswersAsync(port, setup, timeout.Token))
        {
            ThrowIfEnded(kind, process);
            timeout.Token.ThrowIfCancellationRequested();
        }

        return process;
    }

    private static void ThrowIfEnded(ServerKind kind, Process process)
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException($"The {kind} server ended with code {process.ExitCode}.");
        }
    }

    /// <summary>Whether a PING is answered, if only by asking for the password; asked again and again until the server is up.</summary>
    private static async Task<bool> AnswersAsync(int port, ServerSetup setup, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            await using var stream = await setup.SpeakAsync(client, cancellationToken);
            await stream.WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
            var answer = new byte[7];
            return await stream.ReadAtLeastAsync(answer, 5, throwOnEndOfStream: false, cancellationToken) >= 5
                && (answer[0] == '+' || answer.AsSpan().StartsWith("-NOAUTH"u8));
        }
        catch (SocketException)
        {
            await Task.Yield();
            return false;
        }
    }

    private static ProcessStartInfo Garnet(int port, ServerSetup setup)
    {
        var root = typeof(RedisServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "NuGetPackageRoot").Value!;
        var server = Path.Combine(root, "garnet-server", GarnetVersion, "tools", "net10.0", "any", "GarnetServer.dll");
        string[] users = setup.HasUsers ? ["--auth", "ACL"] : [];
        string[] tls = setup.Certificate is { } certificate
            ? ["--tls", "--cert-file-name", certificate.PfxFile, "--cert-password", ServerCertificate.Password, "--client-certificate-required", "false"]
            : [];
        return Info("dotnet", [server, "--port", Text(port), "--bind", "127.0.0.1", "--lua", "--lua-transaction-mode", "--memory", "256m", "--index", "16m", .. users, .. tls]);
    }

    private static ProcessStartInfo Redis(int port, ServerSetup setup)
    {
        var ports = setup.RedisArguments(port, plainPort: 0, setup.Certificate?.PemFile ?? "", setup.Certificate?.KeyFile ?? "");
        return Info("redis-server", [.. ports, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--enable-debug-command", "yes", "--enable-protected-configs", "yes"]);
    }

    private static ProcessStartInfo Info(string program, string[] arguments) =>
        new(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? FindOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
