using System.Diagnostics;
using System.Globalization;

namespace Oxcaching.Tests.Topology;

/// <summary>Some keys, each with a number that only grows: whoever reads one knows whether it is an old one.</summary>
/// <remarks>One instance writes and another reads: the writer would find its own writes before Redis has them.</remarks>
internal sealed class GrowingNumbers(ICacheClient writer, ICacheClient reader, int count)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private long _number;
    private long _settled;

    public List<string> Wrong { get; } = [];

    public static string Key(int index) => string.Create(CultureInfo.InvariantCulture, $"number{index}");

    /// <summary>Writes the next number to every key and reads it.</summary>
    /// <returns>Whether each key had it.</returns>
    public async Task<bool> AreServedAsync()
    {
        var number = ++_number;
        var served = await Task.WhenAll(Enumerable.Range(0, count).Select(async index =>
        {
            await writer.SetAsync(Key(index), number);
            return await ReadAsync(index) == number;
        }));
        return Array.TrueForAll(served, yes => yes);
    }

    /// <summary>From now on a number below the present one is a wrong value.</summary>
    public void Settle() => _settled = _number;

    /// <summary>When every key was written and read again, as a timestamp.</summary>
    public async Task<long> ServedAgainAsync()
    {
        var watch = Stopwatch.StartNew();
        while (!await AreServedAsync())
        {
            Assert.True(watch.Elapsed < Patience, "The keys are not served.");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        return Stopwatch.GetTimestamp();
    }

    private async Task<long?> ReadAsync(int index)
    {
        var read = await reader.TryGetAsync<long>(Key(index));
        if (read.Found && read.Value < _settled)
        {
            lock (Wrong)
            {
                Wrong.Add($"{Key(index)} was {read.Value} after {_settled}");
            }
        }

        return read.Found ? read.Value : null;
    }
}
