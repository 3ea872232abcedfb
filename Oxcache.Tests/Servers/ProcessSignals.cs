using System.Diagnostics;
using System.Globalization;

namespace Oxcaching.Tests.Servers;

internal static class ProcessSignals
{
    /// <summary>Sends a signal, which has been delivered when this returns.</summary>
    public static void Signal(this Process process, string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
