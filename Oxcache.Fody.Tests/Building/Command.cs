using System.Diagnostics;

namespace Oxcaching.Fody.Tests.Building;

/// <summary>A program that a test runs, as a user would from a shell.</summary>
internal static class Command
{
    /// <summary>Runs it to its end, with these variables besides those of the tests.</summary>
    public static BuildOutcome Run(string folder, string file, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // The test host's own SDK settings must not reach a build.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return new BuildOutcome(process.ExitCode, output);
    }
}
