using System.Diagnostics;
using Oxcaching.Tests.Faults;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Crashes;

/// <summary>One process after another with the same write-ahead log, each killed, and a Redis that is sometimes there and sometimes not.</summary>
internal sealed class CrashLane : IAsyncDisposable
{
    public const string Service = Caches.Service;

    /// <summary>So small that compactions are frequent enough to be hit.</summary>
    private const int MaxBytes = 128 * 1024;

    private const int MostLines = 3000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oxcache-crash");
    private readonly LogCollector _log = new();
    private readonly TcpProxy _proxy;
    private readonly CacheManager _reader;
    private readonly string _configPath;
    private readonly Random _random;
    private readonly bool _serverForgets;

    /// <param name="url">The server.</param>
    /// <param name="serverForgets">Whether it lets go of what is oldest, as Garnet does without a disk.</param>
    /// <param name="sync">The log's policy.</param>
    /// <param name="seed">Of what happens when.</param>
    public CrashLane(string url, bool serverForgets, WalSync sync, int seed)
    {
        _serverForgets = serverForgets;
        var prefix = Caches.NewPrefix();
        _random = new Random(seed);
        _proxy = new TcpProxy(url, seed);
        _reader = new CacheManager(Caches.Remote(url, prefix));
        _configPath = Path.Combine(_folder.FullName, "config.toml");
        File.WriteAllText(_configPath, $"""
            [global]
            default_ttl = 3600
            health_check_interval = 1
            key_prefix = "{prefix}"
            wal_dir = '{Path.Combine(_folder.FullName, "wal")}'
            wal_sync = "{sync.ToString().ToLowerInvariant()}"
            wal_max_bytes = {MaxBytes}

            [services.{Service}.l2]
            connection_string = "{_proxy.Url}"
            command_timeout_ms = 2000

            [services.{Service}.two_level]
            write_through = false
            """);
    }

    public CrashWitness Witness { get; } = new();

    public int TornTails => _log.Texts(41).Count;

    public async Task RunAsync(int kills)
    {
        for (var round = 1; round <= kills; round++)
        {
            await KillAsync(round);

            // Else the next process takes up what this one has left.
            if (_random.Next(2) == 0 || round == kills)
            {
                await RecoverAsync();
            }
        }

        Witness.Complaints.AddRange(_log.Lines.Where(line => line.Event is 20 or 31 or 42 or 43 or 44).Select(line => line.ToString()));
    }

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _proxy.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task KillAsync(int round)
    {
        var isAway = TurnRedis(_random.Next(2) == 0);
        using var program = CrashProgram.Start(_configPath, round);
        var turning = new TaskCompletionSource();
        var dying = new TaskCompletionSource();
        var linesToTurn = _random.Next(MostLines / 2);
        var hearing = HearAsync(program, [(linesToTurn, turning), (linesToTurn + _random.Next(MostLines / 2), dying)]);

        // Some at any moment of the start, most while it writes: after as many lines, however slow the machine is.
        if (_random.Next(5) == 0)
        {
            await Task.Delay(_random.Next(400));
        }
        else
        {
            await turning.Task;
            TurnRedis(_random.Next(2) == 0 ? isAway : !isAway);
            await dying.Task;
        }

        Assert.False(program.HasExited, "It ended by itself.");
        program.Kill();
        await program.WaitForExitAsync();
        await hearing;
    }

    /// <summary>Has the witness hear all that the program prints, and tells when it has heard as many lines.</summary>
    private async Task HearAsync(Process program, (int Lines, TaskCompletionSource Heard)[] marks)
    {
        for (var lines = 0; await program.StandardOutput.ReadLineAsync() is { } line; lines++)
        {
            Witness.Hear(line);
            Array.ForEach(marks, mark => _ = lines >= mark.Lines && mark.Heard.TrySetResult());
        }

        Array.ForEach(marks, mark => mark.Heard.TrySetResult());
    }

    /// <summary>A process that lives: it reads the log, first without Redis now and then, and replays it.</summary>
    private async Task RecoverAsync()
    {
        var isAway = TurnRedis(_random.Next(3) == 0);
        var options = OxcacheOptions.Load(_configPath);
        options.LoggerFactory = _log;
        await using var manager = await options.StartAsync();
        if (isAway)
        {
            await ReadAllAsync(manager, Witness.SawWhileCutOff);
            TurnRedis(false);
        }

        await Eventually.Is(() => !manager.Parts[0].Remote!.IsCutOff);
        await manager.Parts[0].Pending!.WhenEmptyAsync();
        await ReadAllAsync(_reader, Witness.SawInTheEnd);
        await ReadAllAsync(manager, Witness.SawInTheEnd);
        if (_serverForgets)
        {
            Witness.LetGo();
        }
    }

    private async Task ReadAllAsync(CacheManager manager, Action<string, string?> saw)
    {
        var found = await manager.GetClient(Service).GetManyAsync<string>(Witness.Keys);
        foreach (var key in Witness.Keys)
        {
            saw(key, found.GetValueOrDefault(key));
        }
    }

    private bool TurnRedis(bool away)
    {
        if (away)
        {
            _proxy.Refuse();
        }
        else
        {
            _proxy.Heal();
        }

        return away;
    }
}
