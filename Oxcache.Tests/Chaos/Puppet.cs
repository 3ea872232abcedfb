using System.Diagnostics;
using Oxcaching.Tests.Servers;

namespace Oxcaching.Tests.Chaos;

/// <summary>A process that runs <see cref="PuppetProgram"/>.</summary>
internal sealed class Puppet(string configPath) : IDisposable
{
    private readonly Process _process = Process.Start(
        new ProcessStartInfo("dotnet", ["exec", typeof(Puppet).Assembly.Location, PuppetProgram.Name, configPath])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    public async Task<string?> AskAsync(string call)
    {
        await _process.StandardInput.WriteLineAsync(call);
        await _process.StandardInput.FlushAsync();
        return await _process.StandardOutput.ReadLineAsync();
    }

    public void Freeze() => _process.Signal("STOP");

    public void Thaw() => _process.Signal("CONT");

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
