using Oxcaching.Configuration;
using Oxcaching.Tests.TestSupport;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>A folder of its own, and journals in it.</summary>
internal sealed class JournalBed : IDisposable
{
    public const string Service = "things";
    public const string Identity = "127.0.0.1:6379/0/oxcache";

    public JournalBed(string? folder = null)
    {
        Folder = folder ?? Path.Combine(Path.GetTempPath(), "oxcache-journal-" + Guid.NewGuid().ToString("N"));
        Events = new JournalEvents(Service, Log, null, Time);
    }

    public string Folder { get; }

    public LogCollector Log { get; } = new();

    public ManualTime Time { get; } = new();

    public JournalEvents Events { get; }

    public WalSync Sync { get; init; } = WalSync.Interval;

    public long MaxBytes { get; init; } = 1 << 20;

    /// <summary>The names of the files with records, without the part that is the same for all.</summary>
    public IEnumerable<string> Files => Directory.GetFiles(Folder)
        .Where(path => !path.EndsWith(".lock", StringComparison.Ordinal))
        .Select(path => Path.GetFileName(path)[FileName.Length..])
        .Order(StringComparer.Ordinal);

    /// <summary>The file of the first journal that is open.</summary>
    public string FirstFile => Path.Combine(Folder, FileName + ".0.wal");

    public static string FileName { get; } = new JournalSlots("", Service, Identity).Name;

    public Journal Open() => Open(out _);

    public Journal Open(out IReadOnlyList<JournalRecord> recovered, string service = Service, string identity = Identity) => Journal.Open(
        new JournalSettings { Folder = Folder, Sync = Sync, MaxBytes = MaxBytes }, service, identity, Events, Time, out recovered);

    /// <summary>What a process would find that started now, if all that have a journal open were killed.</summary>
    public IReadOnlyList<JournalRecord> AfterCrash()
    {
        using var copy = new JournalBed();
        Directory.CreateDirectory(copy.Folder);
        foreach (var path in Directory.GetFiles(Folder, "*.wal"))
        {
            File.Copy(path, Path.Combine(copy.Folder, Path.GetFileName(path)));
        }

        return copy.Recover();
    }

    /// <summary>What a start finds; leaves everything as it is.</summary>
    public IReadOnlyList<JournalRecord> Recover()
    {
        using var store = new JournalStore(new JournalSlots(Folder, Service, Identity), Events, Time);
        return store.Recover();
    }

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
