using Oxcaching.Tests.Chaos;
using Oxcaching.Tests.Contract;
using Oxcaching.Tests.Crashes;
using Oxcaching.Tests.Recovery;
using Oxcaching.Tests.Soak;
using Oxcaching.Tests.Writes;

namespace Oxcaching.Tests;

/// <summary>The test assembly run as a program: what a test needs in a process of its own, to kill it.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [CrashProgram.Name, .. var rest] => CrashProgram.RunAsync(rest),
        [PuppetProgram.Name, .. var rest] => PuppetProgram.RunAsync(rest),
        [SoakProgram.Name, .. var rest] => SoakProgram.RunAsync(rest),
        [JournalProgram.Name, .. var rest] => JournalProgram.RunAsync(rest),
        [TrustingProgram.Name, .. var rest] => TrustingProgram.RunAsync(rest),
        [ExitProgram.Name, .. var rest] => ExitProgram.RunAsync(rest),
        _ => throw new ArgumentException("Run the tests with: dotnet test"),
    };
}
