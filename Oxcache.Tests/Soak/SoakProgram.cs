using Oxcaching.Tests.TestSupport;
using Oxcaching.Tests.Woven;

namespace Oxcaching.Tests.Soak;

/// <summary>An application under moderate load, in a process of its own: on each line of its standard input it prints what it has just then.</summary>
internal static class SoakProgram
{
    public const string Name = "soak";
    public const string Service = "things";

    private const int Workers = 4;
    private const int Keys = 20_000;
    private const int CallsAtOnce = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);

    private static long _calls;
    private static long _loads;
    private static long _wrong;
    private static long _unobserved;
    private static long _unobservedOfClient;

    public static async Task<int> RunAsync(string[] args)
    {
        TaskScheduler.UnobservedTaskException += (_, e) =>
        {
            Interlocked.Increment(ref IsOfClientAlone(e.Exception) ? ref _unobservedOfClient : ref _unobserved);
            Console.Error.WriteLine(e.Exception);
        };
        var options = OxcacheOptions.Load(args[0]);
        options.LoggerFactory = new PrintingLogger(Hear);
        await Oxcache.InitAsync(options);
        var application = new WovenApplication((key, _, _) =>
        {
            Interlocked.Increment(ref _loads);
            return Task.FromResult(ValueOf(key));
        });
        using var stop = new CancellationTokenSource();
        var working = Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(application, new Random(worker), stop.Token))));
        while (await Console.In.ReadLineAsync() is { Length: > 0 })
        {
            Print();
        }

        await stop.CancelAsync();
        await working;
        await Oxcache.ShutdownAsync();
        Print();
        return 0;
    }

    private static async Task WorkAsync(WovenApplication application, Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            for (var i = 0; i < CallsAtOnce; i++)
            {
                await CallAsync(application, random);
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private static async Task CallAsync(WovenApplication application, Random random)
    {
        // Some keys are called for much more often than others.
        var key = $"key {(int)(Keys * Math.Pow(random.NextDouble(), 4))}";
        Interlocked.Increment(ref _calls);
        try
        {
            var found = random.Next(20) switch
            {
                0 => await DoAsync(WovenApplication.SetAsync(key, ValueOf(key))),
                1 => await DoAsync(WovenApplication.DeleteAsync(key)),
                2 => await application.LoadThroughL2Async(key, CancellationToken.None),
                < 6 => await WovenApplication.GetAsync(key),
                _ => await application.LoadAsync(key, CancellationToken.None),
            };
            if (found is not null && found != ValueOf(key))
            {
                Complain($"{key} was {found}");
            }
        }
        catch (Exception e)
        {
            Complain(e.ToString());
        }
    }

    private static async Task<string?> DoAsync(Task write)
    {
        await write;
        return null;
    }

    /// <summary>Nothing may go wrong inside the cache, nor is anything to be read that it did not write.</summary>
    private static void Hear(string line)
    {
        if (line.Split(' ')[1] is "20" or "31")
        {
            Complain(line);
        }
    }

    /// <summary>Version 1.2.6 forgets a read that fails just when it has connected. Nobody else ever has that task.</summary>
    private static bool IsOfClientAlone(AggregateException exception)
    {
        var text = exception.ToString();
        return text.Contains("StackExchange.Redis.PhysicalConnection.BeginReading", StringComparison.Ordinal)
            && !text.Contains("Oxcaching.", StringComparison.Ordinal);
    }

    private static string ValueOf(string key) => key.PadRight(200, '.');

    private static void Complain(string what)
    {
        Interlocked.Increment(ref _wrong);
        Console.Error.WriteLine(what);
    }

    private static void Print()
    {
        var measure = SoakMeasure.Take() with
        {
            Calls = Interlocked.Read(ref _calls),
            Loads = Interlocked.Read(ref _loads),
            Wrong = Interlocked.Read(ref _wrong),
            Unobserved = Interlocked.Read(ref _unobserved),
            UnobservedOfClient = Interlocked.Read(ref _unobservedOfClient),
        };
        Console.Out.WriteLine(measure.ToLine());
    }
}
