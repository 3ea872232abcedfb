using System.Globalization;

namespace Oxcaching.Benchmarks.HitRates;

/// <summary><c>hitrate [FOLDER] [--capacity N]</c>: the hit rates of "tinylfu" and "lru" on every trace of a folder, and on the generated ones.</summary>
internal static class HitRateCommand
{
    /// <summary>The capacities at which the known traces are published; others have none of their own.</summary>
    private static readonly Dictionary<string, int> Capacities = new()
    {
        ["gli"] = 1000,
        ["loop"] = 512,
        ["multi3"] = 2000,
        ["cs"] = 800,
        ["web07"] = 4000,
        ["web12"] = 3000,
    };

    public static int Run(string[] arguments)
    {
        if (!TryParse(arguments, out var folder, out var capacity))
        {
            Console.Error.WriteLine("usage: hitrate [FOLDER] [--capacity N]");
            return 2;
        }

        foreach (var trace in FilesOf(folder).Select(Trace.Read).Concat(GeneratedTraces.All))
        {
            var at = capacity ?? Capacities.GetValueOrDefault(trace.Name, GeneratedTraces.Capacity);
            Print($"{trace.Name}@{at}", Replay.HitRate(trace, at, EvictionPolicy.TinyLfu));
            Print($"{trace.Name}@{at} (lru)", Replay.HitRate(trace, at, EvictionPolicy.Lru));
        }

        return 0;
    }

    private static bool TryParse(string[] arguments, out string? folder, out int? capacity)
    {
        (folder, capacity) = (null, null);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] != "--capacity")
            {
                if (folder is not null)
                {
                    return false;
                }

                folder = arguments[i];
            }
            else if (++i < arguments.Length && int.TryParse(arguments[i], CultureInfo.InvariantCulture, out var number) && number > 0)
            {
                capacity = number;
            }
            else
            {
                return false;
            }
        }

        return folder is null || Directory.Exists(folder);
    }

    private static IEnumerable<string> FilesOf(string? folder)
    {
        folder ??= FindTraces();
        if (folder is null)
        {
            Console.WriteLine("There is no folder shared/data/traces here or above: the generated traces alone.");
            return [];
        }

        return Directory.EnumerateFiles(folder, "*.gz").Order(StringComparer.Ordinal);
    }

    /// <summary>The traces kept beside the repository, or beside a folder above it.</summary>
    private static string? FindTraces()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            var traces = Path.Combine(folder.FullName, "shared", "data", "traces");
            if (Directory.Exists(traces))
            {
                return traces;
            }
        }

        return null;
    }

    private static void Print(string name, double rate) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"hitrate {name} = {rate:F2}"));
}
