using System.Diagnostics;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using Xunit.Abstractions;

namespace Oxcaching.Tests.Recovery;

/// <summary>What becomes of what was acknowledged when the process ends, and what a shutdown leaves in the process.</summary>
[Collection(Undisturbed.Name)]
public sealed class ExitTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>A second of ours, and what the runtime and a busy machine may add.</summary>
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(4);

    private const int EndedBySigterm = 128 + 15;

    private readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("oxcache-exit");
    private readonly string _prefix = Caches.NewPrefix();

    public void Dispose() => _logs.Delete(recursive: true);

    [SkippableTheory]
    [EachServer]
    public async Task A_process_that_ends_without_a_shutdown_sends_what_is_queued(ServerKind kind)
    {
        var url = await ServerPool.UrlAsync(kind);
        using var program = ExitProgram.StartLeaving(url, _prefix, _logs.FullName, hasLog: false);
        await UntilDoneAsync(program);
        await EndAsync(program);

        await AssertThereAsync(url);
    }

    [SkippableTheory]
    [EachServer]
    public async Task So_does_one_that_is_told_to_end(ServerKind kind)
    {
        var url = await ServerPool.UrlAsync(kind);
        using var program = ExitProgram.StartLeaving(url, _prefix, _logs.FullName, hasLog: false);
        await UntilDoneAsync(program);
        await TellToEndAsync(program);
        await program.WaitForExitAsync().WaitAsync(Allowed);

        Assert.Equal(EndedBySigterm, program.ExitCode);
        await AssertThereAsync(url);
    }

    [SkippableTheory]
    [EachServer]
    public async Task One_that_is_told_to_end_and_has_something_to_do_yet_has_its_cache_for_it(ServerKind kind)
    {
        var url = await ServerPool.UrlAsync(kind);
        using var program = ExitProgram.StartReluctant(url, _prefix, _logs.FullName);
        await UntilDoneAsync(program);
        await TellToEndAsync(program);
        await UntilDoneAsync(program);
        await EndAsync(program);

        await AssertThereAsync(url);
    }

    [SkippableTheory]
    [EachServer]
    public async Task With_a_Redis_that_is_frozen_it_leaves_the_queue_to_the_log_and_ends_as_soon(ServerKind kind)
    {
        using var server = await ServerPool.StartOwnAsync(kind);
        using var program = ExitProgram.StartLeaving(server.Url, _prefix, _logs.FullName, hasLog: true);
        await UntilDoneAsync(program);
        server.Freeze();
        await EndAsync(program);

        server.Thaw();
        await AssertThereAsync(server.Url);
    }

    [SkippableFact]
    public async Task Several_shutdowns_leave_neither_thread_nor_timer_nor_socket_nor_file()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux tells by /proc.");
        await AssertNothingLeftAsync(await ServerPool.UrlAsync());
    }

    [SkippableFact]
    public async Task Nor_do_those_without_a_Redis()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux tells by /proc.");
        await AssertNothingLeftAsync($"redis://127.0.0.1:{RedisServer.FreePort()}");
    }

    [SkippableFact]
    public async Task Nor_do_those_with_one_that_never_says_a_word()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux tells by /proc.");
        using var silent = new SilentServer();
        await AssertNothingLeftAsync(silent.Url);
    }

    private async Task AssertNothingLeftAsync(string url)
    {
        using var program = ExitProgram.StartShutting(url, _prefix, _logs.FullName);
        output.WriteLine(await program.StandardOutput.ReadToEndAsync());
        await program.WaitForExitAsync();

        Assert.Equal(0, program.ExitCode);
    }

    private static async Task TellToEndAsync(Process program)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        using var kill = Process.Start("kill", ["-TERM", $"{program.Id}"]);
        await kill.WaitForExitAsync();
    }

    private static async Task UntilDoneAsync(Process program) => Assert.Equal(ExitProgram.Done, await program.StandardOutput.ReadLineAsync());

    private async Task EndAsync(Process program)
    {
        var watch = Stopwatch.StartNew();
        program.StandardInput.Close();
        await program.WaitForExitAsync();
        output.WriteLine($"It took {watch.Elapsed} to end.");
        Assert.Equal(0, program.ExitCode);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Allowed);
    }

    private async Task AssertThereAsync(string url)
    {
        var options = Caches.TwoLevel(url, _prefix);
        options.WalDir = _logs.FullName;
        await using var manager = await options.StartAsync();
        await Eventually.Is(() => manager.Health.State == HealthState.Healthy);
        var keys = Enumerable.Range(0, ExitProgram.Keys).Select(key => $"{key}");
        Assert.Equal(ExitProgram.Keys, (await manager.Things().GetManyAsync<int>(keys)).Count);
    }
}
