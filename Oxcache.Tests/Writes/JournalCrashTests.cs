using System.Diagnostics;
using System.Globalization;
using Oxcaching.Writes;
using Xunit.Abstractions;

namespace Oxcaching.Tests.Writes;

/// <summary>A process that writes, and is killed with kill -9 again and again. OXCACHE_TEST_CRASHES says how often.</summary>
public sealed class JournalCrashTests(ITestOutputHelper output)
{
    /// <summary>So small that compactions are frequent enough to be hit.</summary>
    private const long MaxBytes = 512 * 1024;

    private static readonly int Crashes = int.Parse(Environment.GetEnvironmentVariable("OXCACHE_TEST_CRASHES") ?? "10", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(WalSync.Always)]
    [InlineData(WalSync.Interval)]
    public async Task Killed_at_any_moment_it_has_lost_nothing_that_was_kept(WalSync sync)
    {
        using var bed = new JournalBed { Sync = sync, MaxBytes = MaxBytes };
        var witness = new JournalWitness();
        var random = new Random((int)sync);
        for (var round = 1; round <= Crashes; round++)
        {
            // Some at any moment of the start, most while it writes.
            await KillAsync(bed, sync, round, witness, waitForStart: random.Next(5) != 0, TimeSpan.FromMilliseconds(random.Next(250)));
            witness.Examine(bed.Recover());
            if (random.Next(2) == 0)
            {
                await bed.Open(out var recovered).DisposeAsync();
                witness.Examine(recovered);
            }
        }

        Assert.Empty(bed.Log.Texts(42));
        Assert.Empty(bed.Log.Texts(43));
        output.WriteLine($"{sync}: {Crashes} kills, {witness.Kept} records kept, {bed.Log.Texts(41).Count} torn tails, 0 records missing, 0 damaged.");
    }

    [Fact]
    public async Task While_it_lives_its_file_is_left_alone_and_when_it_is_killed_taken_over()
    {
        using var bed = new JournalBed { MaxBytes = MaxBytes };
        var witness = new JournalWitness();
        using var program = JournalProgram.Start(bed.Folder, WalSync.Interval, MaxBytes, round: 1);
        var keptSome = new TaskCompletionSource();
        var hearing = HearAsync(program, witness, line => line.StartsWith(nameof(JournalOutcome.Kept), StringComparison.Ordinal), keptSome);
        await keptSome.Task;
        await using (bed.Open(out var living))
        {
            Assert.Empty(living);
        }

        program.Kill();
        await program.WaitForExitAsync();
        await hearing;
        await using var journal = bed.Open(out var recovered);
        witness.Examine(recovered);
    }

    [SkippableFact]
    public async Task With_files_that_may_not_grow_it_has_lost_nothing_that_was_kept()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no limit for the size of files.");
        using var bed = new JournalBed();
        var witness = new JournalWitness();
        using var program = JournalProgram.Start(bed.Folder, WalSync.Interval, 64 << 20, round: 1, limit: 48);
        await HearAsync(program, witness, _ => false, new TaskCompletionSource());
        await program.WaitForExitAsync();

        Assert.Equal(0, program.ExitCode);
        Assert.True(witness.Kept > 0);
        witness.Examine(bed.Recover());
    }

    private static async Task KillAsync(JournalBed bed, WalSync sync, int round, JournalWitness witness, bool waitForStart, TimeSpan after)
    {
        using var program = JournalProgram.Start(bed.Folder, sync, MaxBytes, round);
        var started = new TaskCompletionSource();
        var hearing = HearAsync(program, witness, line => line == JournalProgram.Ready, started);
        if (waitForStart)
        {
            await started.Task;
        }

        await Task.Delay(after);
        Assert.False(program.HasExited, "It ended by itself.");
        program.Kill();
        await program.WaitForExitAsync();
        await hearing;
    }

    /// <summary>Has the witness hear all that the program prints, and tells when the awaited line came.</summary>
    private static async Task HearAsync(Process program, JournalWitness witness, Func<string, bool> isAwaited, TaskCompletionSource came)
    {
        while (await program.StandardOutput.ReadLineAsync() is { } line)
        {
            witness.Hear(line);
            if (isAwaited(line))
            {
                came.TrySetResult();
            }
        }

        came.TrySetResult();
    }
}
