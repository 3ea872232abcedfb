using System.Diagnostics;
using System.Runtime.InteropServices;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Recovery;

/// <summary>Uses a cache in a process of its own, and ends: by itself, or after having looked what a shutdown leaves.</summary>
internal static class ExitProgram
{
    public const string Name = "exit";
    public const string Done = "done";
    public const int Keys = 2000;

    private const string Leaving = "leaving";
    private const string Reluctant = "reluctant";
    private const string Shutting = "shutting";

    /// <summary>Starts one that writes, without waiting for Redis, and waits for a line of input before it ends without any shutdown.</summary>
    public static Process StartLeaving(string url, string prefix, string walDir, bool hasLog) =>
        Start(Leaving, url, prefix, walDir, hasLog ? "log" : "no log");

    /// <summary>Starts one that writes the first half, and the other once it is told to end.</summary>
    public static Process StartReluctant(string url, string prefix, string walDir) => Start(Reluctant, url, prefix, walDir);

    /// <summary>Starts one that prints what its process has before it used any cache, and after it has used and shut down several.</summary>
    public static Process StartShutting(string url, string prefix, string walDir) => Start(Shutting, url, prefix, walDir);

    public static Task<int> RunAsync(string[] args) => args switch
    {
        [Leaving, var url, var prefix, var walDir, var log] => LeaveAsync(Options(url, prefix, walDir, hasLog: log == "log")),
        [Reluctant, var url, var prefix, var walDir] => RefuseToLeaveAsync(Options(url, prefix, walDir, hasLog: false)),
        [Shutting, var url, var prefix, var walDir] => ShutDownAsync(Options(url, prefix, walDir, hasLog: true)),
        _ => throw new ArgumentException("Not for people."),
    };

    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("dotnet", ["exec", typeof(ExitProgram).Assembly.Location, Name, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;

    private static async Task<int> LeaveAsync(OxcacheOptions options)
    {
        await Oxcache.InitAsync(options);
        await WriteAsync(0, Keys);
        Console.ReadLine();
        return 0;
    }

    private static async Task<int> RefuseToLeaveAsync(OxcacheOptions options)
    {
        var told = new TaskCompletionSource();
        using var refusal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            told.SetResult();
        });
        await Oxcache.InitAsync(options);
        await WriteAsync(0, Keys / 2);
        await told.Task;
        await WriteAsync(Keys / 2, Keys);
        Console.ReadLine();
        return 0;
    }

    private static async Task WriteAsync(int first, int end)
    {
        var things = Oxcache.GetClient(Caches.Service);
        await things.DeleteAsync("what Redis compiles for it once takes its time");
        for (var key = first; key < end; key++)
        {
            await things.SetAsync($"{key}", key);
        }

        Console.WriteLine(Done);
    }

    private static async Task<int> ShutDownAsync(OxcacheOptions options)
    {
        // The runtime keeps some files and threads once it has needed them, and StackExchange.Redis lets some timers run out.
        await UseAsync(options);
        await Eventually.Is(() => Timer.ActiveCount == 0);
        var before = Kept();
        for (var times = 0; times < 3; times++)
        {
            await UseAsync(options);
        }

        await Eventually.Is(() => Timer.ActiveCount == 0 && Kept() == before);
        Console.WriteLine(before);
        return 0;
    }

    private static async Task UseAsync(OxcacheOptions options)
    {
        await using var manager = await options.StartAsync();
        var things = manager.GetClient(Caches.Service);
        await things.SetAsync("k", 1);
        await things.GetOrSetAsync("l", _ => new ValueTask<int>(1));
        await things.GetOrSetAsync("never", async token =>
        {
            await Task.Yield();
            return 1;
        });
        await things.ClearAsync();
        await manager.ShutdownAsync();
        await manager.ShutdownAsync(TimeSpan.Zero);
    }

    /// <summary>What the process has open, and its threads, but for those of the runtime, which come and go.</summary>
    private static string Kept()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var files = Read("/proc/self/fd", file => File.ResolveLinkTarget(file, false)?.Name.Split(':')[0])
            .Where(name => !name.EndsWith(".dll", StringComparison.Ordinal) && !name.EndsWith(".so", StringComparison.Ordinal) && name is not ("fd" or "pipe"));
        var threads = Read("/proc/self/task", task => File.ReadAllText(Path.Combine(task, "comm")).Trim())
            .Where(name => !name.StartsWith(".NET", StringComparison.Ordinal) && !name.StartsWith("dotnet", StringComparison.Ordinal));
        return string.Join(' ', files.Concat(threads).CountBy(name => name).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
    }

    /// <summary>What each entry says, but for those that end while they are looked at.</summary>
    private static List<string> Read(string directory, Func<string, string?> name)
    {
        var names = new List<string>();
        foreach (var entry in Directory.GetFileSystemEntries(directory))
        {
            try
            {
                names.Add(name(entry) ?? "");
            }
            catch (IOException) when (!Path.Exists(entry))
            {
                // It was there when the directory was listed.
            }
        }

        return names;
    }

    private static OxcacheOptions Options(string url, string prefix, string walDir, bool hasLog)
    {
        var options = Caches.TwoLevel(url, prefix, service =>
        {
            service.Wal = hasLog;
            service.L2.CommandTimeout = TimeSpan.FromSeconds(1);
            service.L2.ConnectionTimeout = TimeSpan.FromSeconds(2);
            service.TwoLevel.WriteThrough = false;
            service.TwoLevel.EnableBatchWrite = true;
            service.TwoLevel.BatchInterval = TimeSpan.FromSeconds(60);
        });
        options.WalDir = walDir;
        return options;
    }
}
