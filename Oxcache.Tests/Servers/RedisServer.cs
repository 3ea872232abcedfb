using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace Oxcaching.Tests.Servers;

/// <summary>A real server in a process of its own, on a free loopback port, empty at every start.</summary>
public sealed class RedisServer : IDisposable
{
    private const string GarnetVersion = "2.2.8";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private Process _process;

    private RedisServer(ServerKind kind, int port, Process process)
    {
        Kind = kind;
        Port = port;
        _process = process;
    }

    public ServerKind Kind { get; }

    public int Port { get; }

    public string Url => $"redis://127.0.0.1:{Port}";

    /// <summary>Why the kind cannot be started here; null if it can.</summary>
    public static string? Missing(ServerKind kind) =>
        kind == ServerKind.Redis && FindOnPath("redis-server") is null ? "redis-server is not on the PATH" : null;

    public static async Task<RedisServer> StartAsync(ServerKind kind)
    {
        var port = FreePort();
        return new RedisServer(kind, port, await LaunchAsync(kind, port));
    }

    /// <summary>Ends the process at once, as kill -9 does.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Kills it and starts it again on its port, without its data.</summary>
    public async Task RestartEmptyAsync()
    {
        Kill();
        _process.Dispose();
        _process = await LaunchAsync(Kind, Port);
    }

    /// <summary>Stops the process in its tracks: connections stay open and nothing is answered.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    /// <summary>A free port of the loopback interface.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<Process> LaunchAsync(ServerKind kind, int port)
    {
        var process = Process.Start(kind == ServerKind.Garnet ? Garnet(port) : Redis(port))!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        using var timeout = new CancellationTokenSource(StartTimeout);
        while (!await AnswersAsync(port, timeout.Token))
        {
            Assert.False(process.HasExited, $"The {kind} server ended with code {(process.HasExited ? process.ExitCode : 0)}.");
            timeout.Token.ThrowIfCancellationRequested();
        }

        return process;
    }

    /// <summary>Whether a PING is answered; asked again and again until the server is up.</summary>
    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
            var answer = new byte[7];
            return await client.GetStream().ReadAtLeastAsync(answer, 5, throwOnEndOfStream: false, cancellationToken) >= 5 && answer[0] == '+';
        }
        catch (SocketException)
        {
            await Task.Yield();
            return false;
        }
    }

    private static ProcessStartInfo Garnet(int port)
    {
        var root = typeof(RedisServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "NuGetPackageRoot").Value!;
        var server = Path.Combine(root, "garnet-server", GarnetVersion, "tools", "net10.0", "any", "GarnetServer.dll");
        return Info("dotnet", [server, "--port", Text(port), "--bind", "127.0.0.1", "--lua", "--memory", "256m", "--index", "16m"]);
    }

    private static ProcessStartInfo Redis(int port) =>
        Info("redis-server", ["--port", Text(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--enable-debug-command", "yes"]);

    private static ProcessStartInfo Info(string program, string[] arguments) =>
        new(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? FindOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, Text(_process.Id)]);
        kill.WaitForExit();
    }
}
