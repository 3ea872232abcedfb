using System.Diagnostics;

namespace Oxcaching.Tests.Writes;

/// <summary>A file system of one MiB.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Size = 1 << 20;

    public string Path { get; } = Directory.CreateTempSubdirectory("oxcache-disk-").FullName;

    public static SmallDisk Mount()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "A small disk is a tmpfs of Linux.");
        var disk = new SmallDisk();
        var mounted = Run("mount", "-t", "tmpfs", "-o", $"size={Size}", "none", disk.Path);
        Skip.IfNot(mounted, "Only root may mount a tmpfs.");
        return disk;
    }

    /// <summary>Leaves that many bytes free.</summary>
    public void Fill(string file, int leave = 0)
    {
        var free = new DriveInfo(Path).AvailableFreeSpace - leave;
        using var stream = File.Create(file, bufferSize: 1);
        stream.Write(new byte[free]);
    }

    public void Dispose()
    {
        Run("umount", "--lazy", Path);
        Directory.Delete(Path, recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}
