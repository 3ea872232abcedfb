using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Oxcaching.Configuration;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>Appends to a journal, in a process of its own, and prints what it is told: the program that the crash tests kill.</summary>
internal static class JournalProgram
{
    public const string Name = "journal";
    public const string Ready = "ready";

    private const int Writers = 4;
    private const int KeysOfWriter = 8;
    private const int LargestValue = 4096;
    private const int MostVersions = 1_000_000;

    private static readonly Lock Output = new();

    /// <summary>Starts it; with a limit no file may grow beyond that many KiB, and a write beyond fails.</summary>
    public static Process Start(string folder, WalSync sync, long maxBytes, int round, int? limit = null)
    {
        string[] command = ["exec", typeof(JournalProgram).Assembly.Location, Name, folder, sync.ToString(), Text(maxBytes), Text(round)];
        var info = limit is null
            ? new ProcessStartInfo("dotnet", command)
            : new ProcessStartInfo("bash", ["-c", $"trap '' XFSZ; ulimit -f {Text(limit.Value)}; exec dotnet \"$@\"", "bash", .. command]);
        info.RedirectStandardOutput = true;

        // Else the runtime itself needs a file that is larger than the limit.
        info.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Process.Start(info)!;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        var settings = new JournalSettings
        {
            Folder = args[0],
            Sync = Enum.Parse<WalSync>(args[1]),
            MaxBytes = long.Parse(args[2], CultureInfo.InvariantCulture),
        };
        var round = int.Parse(args[3], CultureInfo.InvariantCulture);
        var events = new JournalEvents(JournalBed.Service, NullLogger.Instance, null, TimeProvider.System);
        var journal = Journal.Open(settings, JournalBed.Service, JournalBed.Identity, events, TimeProvider.System, out _);
        Print(Ready);
        var refused = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(journal, writer, round)));
        return refused.All(r => r) ? 0 : 1;
    }

    /// <summary>The only record that there is of a version of a key.</summary>
    public static JournalRecord Record(string key, long version)
    {
        var random = new Random(unchecked((int)((version >> 32 << 20) + version)));
        var isSet = random.Next(4) != 0;
        var value = new byte[isSet ? sizeof(long) + random.Next(LargestValue) : 0];
        random.NextBytes(value);
        return new JournalRecord
        {
            Kind = isSet ? JournalRecordKind.Set : JournalRecordKind.Delete,
            Key = key,
            Id = (ulong)version,
            Stamp = version,
            StampError = random.Next(),
            Expiry = isSet ? random.NextInt64() : 0,
            Payload = value,
        };
    }

    /// <summary>Writes until a record is not kept, or for long.</summary>
    private static async Task<bool> WriteAsync(Journal journal, int writer, int round)
    {
        await Task.Yield();
        var random = new Random((round * Writers) + writer);
        var first = (long)round << 32;
        for (var version = first; version < first + MostVersions; version++)
        {
            var key = $"{writer}.{random.Next(KeysOfWriter)}";
            var record = Record(key, version);
            Print($"begin {key} {version}");
            var outcome = await journal.AppendAsync(record);
            Print($"{outcome} {key} {version}");
            if (outcome != JournalOutcome.Kept)
            {
                return true;
            }

            if (random.Next(4) == 0)
            {
                Print($"done {key} {version}");
                journal.Complete(record);
            }
        }

        return false;
    }

    private static void Print(string line)
    {
        lock (Output)
        {
            Console.Out.WriteLine(line);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
