using System.Collections.Concurrent;

namespace Oxcaching.Tests.Faults;

/// <summary>What one end has sent and the other has not got yet. One thread adds, one takes. A full queue makes the sender wait, as TCP does.</summary>
internal sealed class ChunkQueue : IDisposable
{
    private const int Capacity = 256;

    private readonly ConcurrentQueue<Chunk> _chunks = new();
    private readonly SemaphoreSlim _room = new(Capacity);
    private readonly SemaphoreSlim _filled = new(0);

    /// <summary>The bytes that wait.</summary>
    public byte[] Bytes => [.. _chunks.SelectMany(chunk => chunk.Bytes.ToArray())];

    public async Task AddAsync(Chunk chunk, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        _chunks.Enqueue(chunk);
        _filled.Release();
    }

    /// <summary>The oldest chunk, which stays in the queue until it is removed.</summary>
    public async Task<Chunk> NextAsync(CancellationToken cancellationToken)
    {
        await _filled.WaitAsync(cancellationToken);
        return _chunks.TryPeek(out var chunk) ? chunk : throw new InvalidOperationException("It was removed by another reader.");
    }

    public void Remove()
    {
        _chunks.TryDequeue(out _);
        _room.Release();
    }

    public void Dispose()
    {
        _room.Dispose();
        _filled.Dispose();
    }
}
