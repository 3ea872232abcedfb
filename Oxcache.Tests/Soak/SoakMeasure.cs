using System.Diagnostics;
using System.Globalization;

namespace Oxcaching.Tests.Soak;

/// <summary>What a process has at a moment, and what has happened in it.</summary>
/// <param name="Managed">Bytes of live objects.</param>
/// <param name="Resident">Bytes of memory in use.</param>
/// <param name="Handles">Open files and sockets.</param>
/// <param name="Sockets">The sockets among them, where the system tells.</param>
/// <param name="Threads">How many there are.</param>
/// <param name="Calls">Calls of the cache that were made.</param>
/// <param name="Loads">Bodies that were run.</param>
/// <param name="Wrong">Calls that threw or answered something else than nothing or the key's value.</param>
/// <param name="Unobserved">Exceptions of tasks that nobody looked at.</param>
/// <param name="UnobservedOfClient">The same of tasks that StackExchange.Redis alone has.</param>
internal sealed record SoakMeasure(
    long Managed, long Resident, int Handles, int Sockets, int Threads, long Calls, long Loads, long Wrong, long Unobserved, long UnobservedOfClient)
{
    private const string OpenFiles = "/proc/self/fd";

    /// <summary>Of this process; what happened in it is the caller's to say.</summary>
    public static SoakMeasure Take()
    {
        // Twice: what the first leaves to finalizers the second collects.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var handles = Directory.Exists(OpenFiles) ? Directory.GetFileSystemEntries(OpenFiles).Select(path => new FileInfo(path).LinkTarget ?? "").ToList() : [];
        return new SoakMeasure(
            GC.GetTotalMemory(forceFullCollection: true),
            process.WorkingSet64,
            handles.Count,
            handles.Count(target => target.Contains("socket:", StringComparison.Ordinal)),
            process.Threads.Count,
            0,
            0,
            0,
            0,
            0);
    }

    public static SoakMeasure Parse(string line)
    {
        var numbers = line.Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return new SoakMeasure(numbers[0], numbers[1], (int)numbers[2], (int)numbers[3], (int)numbers[4], numbers[5], numbers[6], numbers[7], numbers[8], numbers[9]);
    }

    public string ToLine() => string.Create(
        CultureInfo.InvariantCulture, $"{Managed} {Resident} {Handles} {Sockets} {Threads} {Calls} {Loads} {Wrong} {Unobserved} {UnobservedOfClient}");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Managed / 1e6:0.0} MB of objects, {Resident / 1e6:0} MB resident, {Handles} handles ({Sockets} sockets), {Threads} threads; {Calls} calls, {Loads} loads, {Wrong} wrong, {Unobserved} unobserved, {UnobservedOfClient} in the client");
}
