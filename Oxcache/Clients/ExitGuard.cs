using System.Runtime.InteropServices;

namespace Oxcaching.Clients;

/// <summary>Shuts down what is still open when the process ends, and settles it when the process is told to end. Thread-safe.</summary>
/// <remarks>
/// A signal that nobody handles ends the process without <see cref="AppDomain.ProcessExit"/>. Nobody knows of the others who handle it: a host may
/// answer requests for a while yet. So the caches stay open, and the signal does what it would have done.
/// </remarks>
internal static class ExitGuard
{
    /// <summary>The end of a process waits for no longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(900);

    private static readonly Lock Lock = new();
    private static readonly HashSet<CacheManager> Open = [];
    private static readonly PosixSignal[] Endings = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGHUP];
    private static PosixSignalRegistration[] _registrations = [];

    public static void Add(CacheManager manager)
    {
        lock (Lock)
        {
            if (Open.Count == 0)
            {
                AppDomain.CurrentDomain.ProcessExit += OnExit;
                _registrations = HasSignals ? Array.ConvertAll(Endings, signal => PosixSignalRegistration.Create(signal, OnSignal)) : [];
            }

            Open.Add(manager);
        }
    }

    public static void Remove(CacheManager manager)
    {
        lock (Lock)
        {
            if (Open.Remove(manager) && Open.Count == 0)
            {
                AppDomain.CurrentDomain.ProcessExit -= OnExit;
                Array.ForEach(_registrations, registration => registration.Dispose());
            }
        }
    }

    private static bool HasSignals => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() || OperatingSystem.IsWindows();

    private static void OnExit(object? sender, EventArgs e) => WaitForAll(manager => manager.ShutdownSoonAsync());

    private static void OnSignal(PosixSignalContext context) => WaitForAll(manager => manager.SettleSoonAsync());

    private static void WaitForAll(Func<CacheManager, Task> end)
    {
        Task[] ending;
        lock (Lock)
        {
            ending = [.. Open.Select(end)];
        }

        Task.WaitAll(ending, Patience);
    }
}
