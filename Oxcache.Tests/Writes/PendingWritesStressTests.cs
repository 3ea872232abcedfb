using Oxcaching.Writes;
using Xunit.Abstractions;

namespace Oxcaching.Tests.Writes;

/// <summary>Many writers and few keys, before a Redis that does as it likes.</summary>
public sealed class PendingWritesStressTests(ITestOutputHelper output)
{
    private const int Writers = 6;
    private const int WritesOfEach = 300;
    private const int Keys = 5;

    [Theory]
    [InlineData(1, int.MaxValue)]
    [InlineData(3, 2)]
    [InlineData(100, 4)]
    public async Task Each_key_ends_as_it_was_written_last_and_its_writes_arrive_in_order(int batchSize, int batchesInFlight)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var target = new RandomTarget(seed);
        await using var pending = new PendingWrites(target, new WriteLimits(batchSize, TimeSpan.FromMilliseconds(2), batchesInFlight, Most: Keys - 1, MostBytes: long.MaxValue / 2), journal: null, TimeProvider.System);
        var last = new LastWrites(pending);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(new Random(seed + writer)))));

        target.IsHealed = true;
        target.Toggle();
        pending.Resume();
        await pending.WhenEmptyAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(target.Violations);
        Assert.Equal(0, pending.Count);
        Assert.All(Enumerable.Range(0, Keys).Select(Key), key => Assert.Equal(last.Of(key), target.Standing(key)));

        async Task WriteAsync(Random random)
        {
            for (var i = 0; i < WritesOfEach; i++)
            {
                await pending.RoomAsync(default);
                var answer = random.Next(200) switch
                {
                    0 => last.Clear().Answer,
                    1 => Toggle(),
                    var choice => last.Write(Key(random.Next(Keys)), choice < 60 ? null : $"{choice} {i}").Answer,
                };
                pending.Pump();
                if (random.Next(3) == 0 && !pending.IsStalled)
                {
                    await Task.WhenAny(answer, Task.Delay(5));
                }
            }
        }

        Task Toggle()
        {
            target.Toggle();
            pending.Resume();
            return Task.CompletedTask;
        }
    }

    private static string Key(int number) => $"key {number}";
}
