using System.Text;
using Oxcaching.Recovery;
using Oxcaching.Remote;
using Oxcaching.Tests.Servers;
using StackExchange.Redis;

namespace Oxcaching.Tests.Remote;

/// <summary>What stands at a key of ours and is none of ours, or was damaged, is as good as absent; no script stumbles over it.</summary>
public sealed class CorruptRecordTests
{
    private const string Version = "1700000000000000";
    private const string Nonce = "0123456789abcdef";
    private const string Error = "0000000000";
    private const string Key = "k";

    private static readonly Dictionary<string, Func<IDatabase, RedisKey, Task>> Records = new()
    {
        ["an empty text"] = Text(""),
        ["a text"] = Text("something else altogether, and longer than any head of ours would be, expiry included"),
        ["bytes"] = Bytes([.. Enumerable.Repeat((byte)0xff, 1000)]),
        ["half a head"] = Text($"ox1{Version}V"),
        ["a version of 17 digits"] = Text($"ox1{Version}0T{Nonce}{Version}{Error}"),
        ["a version that no other can follow"] = Text($"ox19999999999999999T{Nonce}{Version}{Error}"),
        ["a version with letters"] = Text($"ox117000000000000e1T{Nonce}{Version}{Error}"),
        ["a version with a sign"] = Text($"ox1-700000000000000T{Nonce}{Version}{Error}"),
        ["an unknown kind"] = Text($"ox1{Version}X{Nonce}{Version}{Error}"),
        ["a nonce in capitals"] = Text($"ox1{Version}T{Nonce.ToUpperInvariant()}{Version}{Error}"),
        ["an as_of beyond all times"] = Text($"ox1{Version}T{Nonce}9999999999999999{Error}"),
        ["an error that is no number"] = Text($"ox1{Version}T{Nonce}{Version}00000 0000"),
        ["an error with a sign"] = Text($"ox1{Version}T{Nonce}{Version}-000000001"),
        ["a head without an error"] = Text($"ox1{Version}T{Nonce}{Version}"),
        ["a value without an expiry"] = Text($"ox1{Version}V{Nonce}{Version}{Error}"),
        ["a value whose expiry is no time"] = Text($"ox1{Version}V{Nonce}{Version}{Error}17000000000000xx and more"),
        ["another version of the format"] = Text($"ox2{Version}V{Nonce}{Version}{Error}{Version}"),
        ["a list"] = (db, key) => db.ListRightPushAsync(key, "x"),
        ["a hash"] = (db, key) => db.HashSetAsync(key, "field", "x"),
        ["a set"] = (db, key) => db.SetAddAsync(key, "x"),
        ["a sorted set"] = (db, key) => db.SortedSetAddAsync(key, "x", 1),
    };

    public static TheoryData<string, ServerKind> OnEachServer()
    {
        var data = new TheoryData<string, ServerKind>();
        foreach (var record in Records.Keys)
        {
            foreach (var kind in Enum.GetValues<ServerKind>())
            {
                data.Add(record, kind);
            }
        }

        return data;
    }

    [SkippableTheory]
    [MemberData(nameof(OnEachServer))]
    public async Task It_is_as_good_as_absent(string record, ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        var remote = cache.Remote;

        await StandAsync();
        Assert.Equal(RecordKind.Lease, Of(await remote.LeaseAsync(Key, TimeSpan.Zero, remote.NewDeadline(), default)).Kind);
        await StandAsync();
        Assert.Equal(RecordKind.Lease, Of(await remote.LeaseAsync(Key, TimeSpan.FromSeconds(2), remote.NewDeadline(), default)).Kind);
        await StandAsync();
        Assert.True(Of(await remote.TouchAsync(Key, StandingRecords.SomeLease, TimeSpan.FromSeconds(2))));
        Assert.Null(Of(await remote.FillAsync(Key, "v", StandingRecords.SomeLease, remote.NextNonce(), TimeSpan.FromMinutes(1), announce: true)));
        Assert.False(Of(await remote.PeekAsync(Key, remote.NewDeadline(), default)).Hit);
        Assert.False(Of(await remote.ReadAsync<string>(Key, remote.NewDeadline(), default)).Hit);
        Assert.True(Of(await remote.ReassertAsync(Key, StandingRecords.SomeLease)));
        foreach (var yields in new[] { false, true })
        {
            await StandAsync();
            Assert.Equal((ScriptOutcome.Stored, RecordKind.Value), await WriteAsync("v", yields));
            await StandAsync();
            Assert.Equal((ScriptOutcome.NothingThere, RecordKind.Tombstone), await WriteAsync(null, yields));
        }

        async Task StandAsync()
        {
            await cache.Database.KeyDeleteAsync(cache.RedisKey(Key));
            await Records[record](cache.Database, cache.RedisKey(Key));
        }

        async Task<(ScriptOutcome, RecordKind)> WriteAsync(string? value, bool yields)
        {
            var key = remote.KeyOf(Key);
            var envelope = value is null ? null : remote.Encode(key, value);
            var write = new RemoteWrite
            {
                Key = key,
                Nonce = remote.NextNonce(),
                Envelope = envelope,
                Call = remote.NewCall(key),
                Ttl = TimeSpan.FromMinutes(1),
            };
            var another = write with { Key = remote.KeyOf("another"), Nonce = remote.NextNonce() };
            var written = Of(await remote.WriteAsync([write, another], yields))[0]!.Value;
            return (written.Outcome, written.Head.Kind);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(OnEachServer))]
    public async Task A_service_works_over_it_as_over_nothing(string record, ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        foreach (var key in new[] { "loaded", "set", "deleted", "cleared" })
        {
            await Records[record](cache.Database, cache.RedisKey(key));
        }

        var things = cache.Things;
        Assert.False(await things.ExistsAsync("set"));
        Assert.Equal("v", await things.GetOrSetAsync("loaded", _ => new ValueTask<string>("v")));
        await things.SetAsync("set", "v");
        Assert.False(await things.DeleteAsync("deleted"));
        await cache.SettledAsync();
        Assert.Equal("v", await cache.ReadAfreshAsync("loaded"));
        Assert.Equal("v", await cache.ReadAfreshAsync("set"));
        Assert.Null(await cache.ReadAfreshAsync("deleted"));

        await things.ClearAsync();
        Assert.Null(await cache.ReadAfreshAsync("cleared"));
        Assert.False(await things.ExistsAsync("set"));
        Assert.Equal(0, cache.Complaints);
    }

    private static Func<IDatabase, RedisKey, Task> Text(string text) => Bytes(Encoding.ASCII.GetBytes(text));

    private static Func<IDatabase, RedisKey, Task> Bytes(byte[] bytes) => (db, key) => db.StringSetAsync(key, bytes);

    private static T Of<T>(Answer<T> answer)
    {
        Assert.True(answer.HasValue, answer.Error?.Message);
        return answer.Value!;
    }
}
