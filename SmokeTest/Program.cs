using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Oxcaching.SmokeTest;
using static Oxcaching.SmokeTest.Transcript;

try
{
    await RunAsync();
    Console.WriteLine();
    Console.WriteLine("smoke test passed");
    return 0;
}
catch (Exception e)
{
    Console.Error.WriteLine($"smoke test failed: {(e is SmokeTestException ? e.Message : e.ToString())}");
    return 1;
}

static async Task RunAsync()
{
    using var server = await DemoServer.StartAsync();
    Environment.SetEnvironmentVariable("REDIS_URL", server.Url);
    var db = new Database();
    var users = new Users(db);
    using var transcript = new Transcript(db, Api.Database);

    Chapter($"Redis-compatible server: {server.Description}");
    await Oxcache.InitAsync("config.toml");
    Did("Oxcache.InitAsync(\"config.toml\")");
    await ClearAsync("user_cache", "api_cache", "session_cache");

    Chapter("Cached methods                                   from        took   result");
    await transcript.CallAsync("users.GetUserAsync(42)", "body", () => users.GetUserAsync(42));
    await transcript.CallAsync("users.GetUserAsync(42)", "L1", () => users.GetUserAsync(42));
    await transcript.CallAsync("users.GetUserAsync(43)", "body", () => users.GetUserAsync(43));
    await transcript.CallAsync("Api.FetchAsync(\"orders\", 2)", "body", () => Api.FetchAsync("orders", 2));
    await transcript.CallAsync("Api.FetchAsync(\"orders\", 2)", "L1", () => Api.FetchAsync("orders", 2));
    await transcript.CallAsync("users.GetSessionAsync(\"s1\"), L1 only", "body", () => users.GetSessionAsync("s1").AsTask());
    await transcript.CallAsync("users.GetSessionAsync(\"s1\"), L1 only", "L1", () => users.GetSessionAsync("s1").AsTask());

    Chapter("The same cache by hand");
    var api = Oxcache.GetClient("api_cache");
    var response = await transcript.CallAsync("api.GetAsync(\"api_orders_2\")", "L1", () => api.GetAsync<ApiResponse>("api_orders_2").AsTask());
    Expect(response?.Endpoint == "orders", "the key of a template can be written by hand");
    await transcript.CallAsync("api.DeleteAsync(\"api_orders_2\")", "L1", () => api.DeleteAsync("api_orders_2").AsTask());
    await transcript.CallAsync("Api.FetchAsync(\"orders\", 2), deleted", "body", () => Api.FetchAsync("orders", 2));
    await api.SetAsync("motd", "Good morning", TimeSpan.FromMinutes(5));
    await transcript.CallAsync("api.GetAsync(\"motd\"), after a SetAsync", "L1", () => api.GetAsync<string>("motd").AsTask());

    Chapter("A second instance, with nothing in its memory");
    var options = OxcacheOptions.Load("config.toml");
    options.LoggerFactory = NullLoggerFactory.Instance;
    await using (var second = new CacheManager(options))
    {
        await second.WaitForConnectionAsync();
        var elsewhere = second.GetClient("api_cache");
        await transcript.CallAsync("GetAsync(\"api_orders_2\")", "L2", () => elsewhere.GetAsync<ApiResponse>("api_orders_2").AsTask());
        await transcript.CallAsync("GetAsync(\"api_orders_2\")", "L1", () => elsewhere.GetAsync<ApiResponse>("api_orders_2").AsTask());
        await transcript.CallAsync("GetAsync(\"motd\")", "L2", () => elsewhere.GetAsync<string>("motd").AsTask());
    }

    Chapter("Ten concurrent calls of a cold key");
    await StampedeAsync(db, users);

    Chapter("A million hits");
    await HitsAsync(users);

    await Oxcache.ShutdownAsync();
}

static async Task ClearAsync(params string[] services)
{
    foreach (var service in services)
    {
        await Oxcache.GetClient(service).ClearAsync();
    }
}

static async Task StampedeAsync(Database db, Users users)
{
    var before = db.Queries;
    var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => users.GetUserAsync(99)));
    Did($"{results.Length} answers, {db.Queries - before} run of the body");
    Expect(db.Queries - before == 1, "ten concurrent callers run the body once");
    Expect(results.All(user => user == results[0]), "all get the same value");
}

static async Task HitsAsync(Users users)
{
    const int Hits = 1_000_000;
    const int Rounds = 20;
    await users.GetUserAsync(42);
    long bytes;
    double nanoseconds;
    var round = 0;
    do
    {
        // The first rounds run code that the JIT has not optimized yet; it does so in the background.
        (nanoseconds, bytes) = Measure(users);
    }
    while (bytes > 0 && ++round < Rounds);

    Did($"{nanoseconds:0} ns and {bytes} bytes each");
    Expect(bytes == 0, "a hit allocates nothing");

    static (double Nanoseconds, long Bytes) Measure(Users users)
    {
        var sum = 0L;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Hits; i++)
        {
            sum += users.GetUserAsync(42).Result.Id;
        }

        var time = watch.Elapsed;
        Expect(sum == 42L * Hits, "a hit returns the value");
        return (time.TotalNanoseconds / Hits, (GC.GetAllocatedBytesForCurrentThread() - allocated) / Hits);
    }
}
