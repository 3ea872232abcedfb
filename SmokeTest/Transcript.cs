using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Oxcaching.SmokeTest;

/// <summary>Prints what was called, from where it was answered, and how long that took; and insists on it.</summary>
internal sealed class Transcript : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Database[] _databases;
    private long _l2Hits;

    public Transcript(params Database[] databases)
    {
        _databases = databases;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Oxcache", Name: "oxcache.l2.hits" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref _l2Hits, count));
        _listener.Start();
    }

    private int Queries => _databases.Sum(db => db.Queries);

    public static void Chapter(string title)
    {
        Console.WriteLine();
        Console.WriteLine(title);
    }

    public static void Expect(bool condition, string expectation)
    {
        if (!condition)
        {
            throw new SmokeTestException("Not so: " + expectation);
        }
    }

    public async Task<T> CallAsync<T>(string what, string from, Func<Task<T>> call)
    {
        var queries = Queries;
        var l2Hits = Interlocked.Read(ref _l2Hits);
        var watch = Stopwatch.StartNew();
        var value = await call();
        var took = watch.Elapsed;
        var origin = Queries > queries ? "body" : Interlocked.Read(ref _l2Hits) > l2Hits ? "L2" : "L1";
        Console.WriteLine($"  {what,-46} {origin,-5} {Text(took),10}   {value}");
        Expect(origin == from, $"{what} is answered from {from}; it came from {origin}");
        return value;
    }

    public static void Did(string what) => Console.WriteLine($"  {what}");

    public void Dispose() => _listener.Dispose();

    private static string Text(TimeSpan time) =>
        time.TotalMilliseconds >= 1 ? $"{time.TotalMilliseconds:0.0} ms" : $"{time.TotalMicroseconds:0.0} µs";
}
