using System.Net.Sockets;

namespace Oxcaching.Tests.Faults;

/// <summary>One direction of one connection: what is read from its source is delivered as the fault in force allows, in order.</summary>
internal sealed class ProxyPipe(IPipeEnd end, Random random) : IDisposable
{
    private const int BufferSize = 16 * 1024;

    private readonly ChunkQueue _queue = new();
    private volatile FaultSwitch _switch = new(Fault.Pass);
    private long _lostBytes;
    private volatile bool _isDead;

    /// <summary>How many bytes went into a black hole.</summary>
    public long LostBytes => Volatile.Read(ref _lostBytes);

    /// <summary>What has been read and not been delivered yet.</summary>
    public byte[] Waiting => _queue.Bytes;

    public void Apply(Fault fault)
    {
        var old = _switch;
        _switch = new FaultSwitch(fault);
        old.Change();
    }

    /// <summary>Reads until the source ends; hands each chunk to the inspector before anything else happens to it.</summary>
    public async Task ReadAsync(Func<Task<Socket>> source, Action<ReadOnlySpan<byte>> inspect, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        var isReset = false;
        try
        {
            var socket = await source();
            while (await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken) is > 0 and var count)
            {
                inspect(buffer.AsSpan(0, count));
                await _queue.AddAsync(new Chunk(buffer.AsMemory(0, count).ToArray()), cancellationToken);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            isReset = true;
        }

        await _queue.AddAsync(new Chunk(default, isReset), cancellationToken);
    }

    /// <summary>Delivers until the end of the stream.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        Chunk chunk;
        do
        {
            chunk = await _queue.NextAsync(cancellationToken);
            await PassOnAsync(chunk, cancellationToken);
            _queue.Remove();
        }
        while (!chunk.IsEnd);
    }

    public void Dispose() => _queue.Dispose();

    private async Task PassOnAsync(Chunk chunk, CancellationToken cancellationToken)
    {
        var rest = chunk.Bytes;
        TimeSpan? delay = null;
        while (true)
        {
            var current = _switch;
            var fault = _isDead ? Fault.BlackHole : current.Fault;
            switch (fault.Kind)
            {
                case FaultKind.Pass:
                case FaultKind.Hold when !current.Holds(rest.Span):
                    await DeliverAsync(chunk, rest, cancellationToken);
                    return;
                case FaultKind.BlackHole:
                    Lose(chunk, rest.Length);
                    return;
                case FaultKind.Hold:
                    await current.ChangedAsync(cancellationToken);
                    break;
                case FaultKind.Delay:
                    delay ??= fault.Time + (fault.Jitter * ((random.NextDouble() * 2) - 1));
                    await current.ChangedWithinAsync(delay.Value - chunk.Age, cancellationToken);
                    if (_switch == current)
                    {
                        await DeliverAsync(chunk, rest, cancellationToken);
                        return;
                    }

                    break;
                case FaultKind.Trickle when rest.Length > fault.Bytes:
                    await end.DeliverAsync(rest[..fault.Bytes], cancellationToken);
                    rest = rest[fault.Bytes..];
                    await current.ChangedWithinAsync(fault.Time, cancellationToken);
                    break;
                case FaultKind.Trickle:
                    await DeliverAsync(chunk, rest, cancellationToken);
                    await current.ChangedWithinAsync(fault.Time, cancellationToken);
                    return;
            }
        }
    }

    private ValueTask DeliverAsync(Chunk chunk, ReadOnlyMemory<byte> rest, CancellationToken cancellationToken)
    {
        if (!chunk.IsEnd)
        {
            return end.DeliverAsync(rest, cancellationToken);
        }

        end.Finish(chunk.IsReset);
        return ValueTask.CompletedTask;
    }

    private void Lose(Chunk chunk, int count)
    {
        _isDead = true;
        Interlocked.Add(ref _lostBytes, count);
        if (chunk.IsEnd)
        {
            end.Lose();
        }
    }
}
