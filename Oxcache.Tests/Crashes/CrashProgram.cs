using System.Diagnostics;
using System.Globalization;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Crashes;

/// <summary>An application that writes through a cache of its own, and prints what it was told: the program that the crash tests kill.</summary>
/// <remarks>A key has one writer, which waits for each write before the next, so its versions are in order.</remarks>
internal static class CrashProgram
{
    public const string Name = "crash";

    private const int Writers = 4;
    private const int OwnKeys = 4;
    private const int SharedKeys = 2;
    private const int MostVersions = 1 << 20;

    private static readonly Lock Output = new();

    public static Process Start(string configPath, int round) => Process.Start(
        new ProcessStartInfo("dotnet", ["exec", typeof(CrashProgram).Assembly.Location, Name, configPath, round.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        })!;

    public static async Task<int> RunAsync(string[] args)
    {
        var options = OxcacheOptions.Load(args[0]);
        options.LoggerFactory = new PrintingLogger(Print);
        var round = int.Parse(args[1], CultureInfo.InvariantCulture);
        await using var manager = new CacheManager(options);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(manager, writer, round))));
        return 0;
    }

    /// <summary>Whether a key is written by the processes of all rounds.</summary>
    public static bool IsShared(string key) => key.StartsWith("shared", StringComparison.Ordinal);

    private static async Task WriteAsync(CacheManager manager, int writer, int round)
    {
        var client = manager.GetClient(CrashLane.Service);
        var clock = manager.Parts[0].Remote!;
        var random = new Random((round * Writers) + writer);
        var first = ((long)round * Writers + writer) * MostVersions;
        for (var version = first; version < first + MostVersions; version++)
        {
            var number = random.Next(OwnKeys + SharedKeys);
            var key = number < OwnKeys ? $"{round}.{writer}.{number}" : $"shared.{writer}.{number}";
            var value = CrashValue.Of(key, version);
            Print($"begin {key} {version} {(clock.Clock.Now == 0 ? "unknown" : "timed")}");
            if (value is null)
            {
                await client.DeleteAsync(key);
            }
            else
            {
                await client.SetAsync(key, value);
            }

            Print($"acknowledged {key} {version}");
            if (random.Next(4) == 0 && await client.GetAsync<string>(key) is { } found && found != value)
            {
                Print($"wrong {key} was {found} and not {value}");
            }
        }
    }

    private static void Print(string line)
    {
        lock (Output)
        {
            Console.Out.WriteLine(line);
        }
    }
}
