using System.Runtime.InteropServices;

namespace Oxcaching.Writes;

/// <summary>The folder of the journals. What .NET lets nobody do to a folder is done by the C library.</summary>
internal static partial class JournalFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int ReadOnly = 0;
    private const int InvalidArgument = 22;

    /// <summary>The folder for the state of this user's programs.</summary>
    public static string Default => Path.Combine(StateFolder, "oxcache");

    private static string StateFolder
    {
        get
        {
            if (OperatingSystem.IsWindows())
            {
                return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
            }

            // The XDG specification has relative paths ignored.
            return Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { } state && Path.IsPathRooted(state)
                ? state
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        }
    }

    /// <summary>Creates the folder where it is missing, for this user alone.</summary>
    public static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }

    /// <summary>Makes what was created and renamed in the folder outlast a crash of the machine.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw LastError(folder);
        }

        // Some file systems know no such thing as flushing a folder and say that the argument is wrong.
        var failure = Sync(descriptor) < 0 && Marshal.GetLastPInvokeError() != InvalidArgument ? LastError(folder) : null;
        _ = Close(descriptor);
        if (failure is not null)
        {
            throw failure;
        }
    }

    private static IOException LastError(string folder) => new($"{Marshal.GetLastPInvokeErrorMessage()}: '{folder}'");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
