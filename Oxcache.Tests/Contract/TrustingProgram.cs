using System.Diagnostics;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Contract;

/// <summary>Uses a cache over TLS in a process that trusts what it was told to trust.</summary>
internal static class TrustingProgram
{
    public const string Name = "trusting";
    public const string Done = "done";

    public static Process Start(string url, string trusted) => Process.Start(
        new ProcessStartInfo("dotnet", ["exec", typeof(TrustingProgram).Assembly.Location, Name, url])
        {
            RedirectStandardOutput = true,
            Environment = { ["SSL_CERT_FILE"] = trusted },
        })!;

    public static async Task<int> RunAsync(string[] args)
    {
        var options = Caches.TwoLevel(args[0]);
        await using var one = await options.StartAsync();
        await using var other = await options.StartAsync();
        await Eventually.Is(() => one.Health.State == HealthState.Healthy && other.Health.State == HealthState.Healthy);
        await one.Things().SetAsync("k", "old");
        Assert.Equal("old", await other.Things().GetAsync<string>("k"));
        await one.Things().SetAsync("k", "new");
        await Eventually.Async(async () => await other.Things().GetAsync<string>("k") == "new");
        Console.WriteLine(Done);
        return 0;
    }
}
