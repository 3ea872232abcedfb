namespace Oxcaching.Tests.Writes;

/// <summary>A queue that is full makes writers wait; here when six keys have pending writes.</summary>
public sealed class FullQueueTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly PendingBed _bed = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _bed.DisposeAsync().AsTask();

    [Fact]
    public async Task While_there_is_room_nobody_waits()
    {
        Fill(PendingBed.MostKeys - 1);
        await _bed.Pending.RoomAsync(default).AsTask().WaitAsync(Patience);
    }

    [Fact]
    public async Task A_writer_waits_until_a_write_has_arrived()
    {
        Fill(PendingBed.MostKeys);
        var room = _bed.Pending.RoomAsync(default).AsTask();
        Assert.False(room.IsCompleted);

        _bed.Target.Acknowledge();
        await room.WaitAsync(Patience);
    }

    [Fact]
    public async Task Nobody_waits_for_a_Redis_that_takes_nothing()
    {
        Fill(PendingBed.MostKeys);
        var room = _bed.Pending.RoomAsync(default).AsTask();
        _bed.Target.Fail();
        await room.WaitAsync(Patience);
        await _bed.Pending.RoomAsync(default).AsTask().WaitAsync(Patience);
        Assert.Equal(PendingBed.MostKeys, _bed.Pending.Count);
    }

    [Fact]
    public async Task Nor_for_one_that_has_to_catch_up()
    {
        Fill(PendingBed.MostKeys);
        var room = _bed.Pending.RoomAsync(default).AsTask();
        Assert.False(room.IsCompleted);

        _bed.Pending.Resume();
        await room.WaitAsync(Patience);
    }

    [Fact]
    public async Task Replacing_a_write_needs_no_room()
    {
        Fill(PendingBed.MostKeys);
        _bed.Write("key 0", "2");
        Assert.Equal(PendingBed.MostKeys, _bed.Pending.Count);

        _bed.Target.Acknowledge();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bed.Pending.RoomAsync(new CancellationToken(canceled: true)).AsTask());
    }

    [Fact]
    public async Task A_clear_makes_room()
    {
        Fill(PendingBed.MostKeys);
        var room = _bed.Pending.RoomAsync(default).AsTask();
        Assert.False(room.IsCompleted);

        _bed.Clear();
        await room.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_shutdown_makes_room()
    {
        Fill(PendingBed.MostKeys);
        var room = _bed.Pending.RoomAsync(default).AsTask();
        Assert.False(room.IsCompleted);

        await _bed.DisposeAsync();
        await room.WaitAsync(Patience);
    }

    [Fact]
    public async Task Nobody_waits_for_a_Redis_that_is_away()
    {
        Fill(PendingBed.MostKeys);
        var room = _bed.Pending.RoomAsync(default).AsTask();
        _bed.Target.IsCutOff = true;
        FailAll();
        await room.WaitAsync(Patience);
        await _bed.Pending.RoomAsync(default).AsTask().WaitAsync(Patience);
    }

    [Fact]
    public async Task Who_gives_up_waiting_has_written_nothing()
    {
        Fill(PendingBed.MostKeys);
        using var impatient = new CancellationTokenSource();
        var room = _bed.Pending.RoomAsync(impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => room);
        Assert.Equal(PendingBed.MostKeys, _bed.Pending.Count);
    }

    private void Fill(int keys)
    {
        for (var i = 0; i < keys; i++)
        {
            _bed.Write($"key {i}", "1");
        }
    }

    private void FailAll()
    {
        while (_bed.Target.UnderWay.Count > 0)
        {
            _bed.Target.Fail();
        }
    }
}
