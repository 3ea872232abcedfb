using Oxcaching.Coherence;
using Oxcaching.Configuration;
using Oxcaching.Diagnostics;
using Oxcaching.Flights;
using Oxcaching.Local;
using Oxcaching.Recovery;
using Oxcaching.Remote;
using Oxcaching.Serialization;
using Oxcaching.Timing;
using Oxcaching.Writes;

namespace Oxcaching.Clients;

/// <summary>Makes the parts of one service and joins them.</summary>
internal sealed class ServiceBuilder(
    ServiceSettings settings, ConnectionPool connections, ICacheSerializer serializer, ServiceEvents events, JournalEvents journalEvents, TimeProvider time)
{
    private readonly Outstanding _outstanding = new();
    private readonly ClaimTable _claims = new();
    private readonly LoadWaiters _waiters = new(time);

    public ServiceParts Build()
    {
        var local = settings.Local is { } l1 ? BuildLocal(l1) : null;
        var memory = new ServiceMemory(local, _claims, _waiters, settings, time);
        var (remote, pending, channel, permit) = settings.Remote is { } l2 ? BuildRemote(l2, memory) : default;
        var monitor = settings.Remote is { } connected ? connections[connected.Address].Gate.Health : null;
        return new ServiceParts
        {
            Settings = settings,
            Local = local,
            Remote = remote,
            Pending = pending,
            Channel = channel,
            Permit = permit,
            Health = new ServiceHealth(monitor, pending, events, time),
            Memory = memory,
            LoadWaiters = _waiters,
            Events = events,
            Outstanding = _outstanding,
            Deadlines = new FlightDeadlines(settings.FlightTimeout, time, _claims),
            Claims = _claims,
            Time = time,
        };
    }

    private ILocalCache BuildLocal(LocalSettings local) => local.Eviction switch
    {
        EvictionPolicy.TinyLfu => new TinyLfuCache(local, time),
        EvictionPolicy.Lru => new LruCache(local, time),
        _ => throw new InvalidOperationException($"There is no engine for {local.Eviction}."),
    };

    private (GuardedRemote Remote, PendingWrites Pending, InvalidationChannel Channel, RemotePermit Permit) BuildRemote(RemoteSettings l2, ServiceMemory memory)
    {
        var (connection, gate) = connections[l2.Address];
        var space = new RemoteSpace(settings, l2, connection);
        var codec = new RemoteCodec(l2, connection, serializer, events);
        var announcer = new Announcer(l2.Channel, new NodeId());
        var writer = new RemoteWriter(space, announcer, settings.Rules);
        var permit = new RemotePermit(space, gate, events, l2.CommandTimeout, time);
        var remote = new GuardedRemote(
            space, codec, new RemoteCache(space, codec, announcer, events), writer, new RemoteLocks(space), gate, permit,
            new RemoteCallTerms(l2.CommandTimeout, events, _outstanding, time));
        var channel = new InvalidationChannel(
            memory, connection, gate, permit, writer, announcer, new ChannelClock(settings.CoherenceMaxAge), settings.Rules, events);
        memory.Connect(channel, remote);
        var limits = settings.BatchSize > 1
            ? WriteLimits.Batched(settings.BatchSize, settings.BatchInterval, settings.MostPendingBytes)
            : WriteLimits.Immediate(settings.MostPendingBytes);
        var target = new WriteTarget(remote, memory, settings.Rules, events);
        IReadOnlyList<JournalRecord> left = [];
        var journal = settings.Journal is { } log
            ? Journal.Open(log, settings.Name, $"{l2.Address}/{l2.Database}/{l2.KeyPrefix}", journalEvents, time, out left)
            : null;
        var pending = new PendingWrites(target, limits, journal, time);
        TakeUp(left, pending, memory, remote);
        gate.Opened += pending.Resume;
        permit.Granted += pending.Resume;
        permit.Changed += gate.Health.Update;
        gate.Health.Need(() => !permit.IsCutOffSomewhere);
        gate.Health.Explain(() => permit.Sentences.Select(sentence => $"Service {settings.Name}: {sentence}"));
        gate.Health.Require(() => channel.IsUp && permit.IsClear && !pending.IsBehind);
        channel.Turned += gate.Health.Update;
        pending.BehindChanged += gate.Health.Update;
        return (remote, pending, channel, permit);
    }

    /// <summary>What earlier processes have left is pending again.</summary>
    private void TakeUp(IReadOnlyList<JournalRecord> left, PendingWrites pending, ServiceMemory memory, GuardedRemote remote)
    {
        var now = new CallMoment(time.GetTimestamp());
        foreach (var record in left)
        {
            if (record.Kind == JournalRecordKind.Clear)
            {
                pending.Clear(new PendingClear { Call = now, Id = record.Id, Left = record, Waited = true });
                continue;
            }

            var write = new PendingWrite
            {
                Key = remote.KeyOf(record.Key),
                Envelope = record.Kind == JournalRecordKind.Set ? record.Payload.ToArray() : null,
                Entry = null,
                Ttl = TimeSpan.Zero,
                LocalTtl = TimeSpan.Zero,
                Call = now,
                Id = record.Id,
                Left = record,
                Waited = true,
                Claim = new Claim(record.Key),
                DropsLocal = true,
            };
            memory.BeginWrite(write, pending.Add);
        }
    }
}
