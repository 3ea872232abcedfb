using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>Files that crashes, disks and people have left in another state than they were written.</summary>
public sealed class JournalDamageTests : IDisposable
{
    private readonly JournalBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public async Task A_tail_torn_at_any_byte_costs_the_torn_record_alone()
    {
        var (records, file) = await WriteAsync(3);
        var last = (int)records[^1].Size;
        for (var length = file.Length - last; length < file.Length; length++)
        {
            await File.WriteAllBytesAsync(_bed.FirstFile, file[..length]);
            await using (var journal = _bed.Open(out var recovered))
            {
                Assert.Equal(Wholes(records[..^1]), Wholes(recovered));
                await journal.KeepAsync(Records.Set("later", "1"));
            }

            Assert.Equal("k0=0 -k1 later=1", _bed.Recover().Brief());
        }

        Assert.Equal(last - 1, _bed.Log.Texts(41).Count);
        Assert.Equal([".0.wal"], _bed.Files);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xFF)]
    public async Task A_tail_that_was_never_filled_in_is_torn_too(byte filling)
    {
        var (records, file) = await WriteAsync(3);
        await File.WriteAllBytesAsync(_bed.FirstFile, [.. file, .. Enumerable.Repeat(filling, 5000)]);

        await using var journal = _bed.Open(out var recovered);
        Assert.Equal(Wholes(records), Wholes(recovered));
        Assert.Single(_bed.Log.Texts(41));
    }

    [Fact]
    public async Task No_flipped_bit_is_ever_served_and_none_costs_more_than_its_record()
    {
        var (records, file) = await WriteAsync(12);
        var wholes = Wholes(records).ToHashSet();
        var headerLength = JournalFormat.Header(JournalBed.FileName, 0).Length;
        for (var bit = 0; bit < file.Length * 8; bit++)
        {
            var damaged = (byte[])file.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(_bed.FirstFile, damaged);

            var contents = JournalReader.Read(_bed.FirstFile, JournalBed.FileName);

            Assert.Subset(wholes, Wholes(contents.Records).ToHashSet());
            Assert.Equal((bit, bit / 8 < headerLength ? 0 : records.Length - 1), (bit, contents.Records.Count));
            Assert.True(contents.Problem is not null || contents.TornBytes == records[^1].Size);
        }
    }

    [Fact]
    public async Task A_damaged_file_is_set_aside_and_what_can_be_read_of_it_is_kept()
    {
        var (records, file) = await WriteAsync(5);
        var at = file.Length - (int)records[3..].Sum(r => r.Size) - 1;
        file[at] ^= 0x40;
        await File.WriteAllBytesAsync(_bed.FirstFile, file);

        await using (_bed.Open(out var recovered))
        {
            Assert.Equal("k0=0 -k1 -k3 k4=4", recovered.Brief());
        }

        Assert.Equal([".0.wal.corrupt-20300101T000000Z", ".1.wal"], _bed.Files);
        Assert.Equal(file, await File.ReadAllBytesAsync(_bed.FirstFile + ".corrupt-20300101T000000Z"));
        var line = Assert.Single(_bed.Log.Texts(42));
        Assert.Contains("damaged at byte", line, StringComparison.Ordinal);
        Assert.Equal("k0=0 -k1 -k3 k4=4", _bed.Recover().Brief());
    }

    [Fact]
    public async Task A_second_file_set_aside_in_the_same_second_gets_a_name_of_its_own()
    {
        for (var i = 0; i < 3; i++)
        {
            var (_, file) = await WriteAsync(1);
            file[0] = 0;
            await File.WriteAllBytesAsync(_bed.FirstFile, file);
            await _bed.Open().DisposeAsync();
        }

        Assert.Equal(
            [".0.wal.corrupt-20300101T000000Z", ".0.wal.corrupt-20300101T000000Z-2", ".0.wal.corrupt-20300101T000000Z-3"], _bed.Files);
    }

    [Theory]
    [InlineData(0, "does not start as")]
    [InlineData(5, "does not start as")]
    [InlineData(6, "has version")]
    [InlineData(8, "header is damaged")]
    [InlineData(20, "header is damaged")]
    public async Task A_file_with_another_header_is_set_aside_whole(int damagedByte, string reason)
    {
        var (_, file) = await WriteAsync(2);
        file[damagedByte]++;
        await File.WriteAllBytesAsync(_bed.FirstFile, file);

        await using (var journal = _bed.Open(out var recovered))
        {
            Assert.Empty(recovered);
            await journal.KeepAsync(Records.Set("new", "1"));
        }

        Assert.Equal(file, await File.ReadAllBytesAsync(_bed.FirstFile + ".corrupt-20300101T000000Z"));
        Assert.Contains(reason, Assert.Single(_bed.Log.Texts(42)), StringComparison.Ordinal);
        Assert.Equal("new=1", _bed.Recover().Brief());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(40)]
    public async Task A_file_too_short_for_a_header_is_set_aside(int length)
    {
        var (_, file) = await WriteAsync(1);
        await File.WriteAllBytesAsync(_bed.FirstFile, file[..length]);

        await _bed.Open(out var recovered).DisposeAsync();

        Assert.Empty(recovered);
        Assert.Single(_bed.Log.Texts(42));
    }

    [Fact]
    public async Task A_record_inside_of_a_value_is_not_taken_for_one()
    {
        var (_, inner) = await WriteAsync(3);
        JournalRecord outer;
        await using (var journal = _bed.Open(out var recovered))
        {
            recovered.ToList().ForEach(journal.Complete);
            outer = await journal.KeepAsync(Records.Set("outer", inner));
            await journal.KeepAsync(Records.Set("next", "1"));
        }

        var file = await File.ReadAllBytesAsync(_bed.FirstFile);
        file[file.Length - (int)Records.Set("next", "1").Size - (int)outer.Size + 20] ^= 1;
        await File.WriteAllBytesAsync(_bed.FirstFile, file);

        Assert.Equal("next=1", _bed.Recover().Brief());
    }

    [Fact]
    public async Task Random_bytes_are_never_served()
    {
        var random = new Random(20260101);
        var (records, file) = await WriteAsync(8);
        var wholes = Wholes(records).ToHashSet();
        for (var i = 0; i < 2000; i++)
        {
            var damaged = (byte[])file.Clone();
            var at = random.Next(damaged.Length);
            random.NextBytes(damaged.AsSpan(at, random.Next(damaged.Length - at)));
            await File.WriteAllBytesAsync(_bed.FirstFile, damaged);

            Assert.Subset(wholes, Wholes(JournalReader.Read(_bed.FirstFile, JournalBed.FileName).Records).ToHashSet());
        }
    }

    /// <summary>Sets and deletes in turn, and the bytes of the file that has them.</summary>
    private async Task<(JournalRecord[] Records, byte[] File)> WriteAsync(int count)
    {
        var records = Enumerable.Range(0, count)
            .Select(i => i % 2 == 0 ? Records.Set($"k{i}", $"{i}", i, i, i) : Records.Delete($"k{i}", i, i)).ToArray();
        await using (var journal = _bed.Open())
        {
            foreach (var record in records)
            {
                await journal.KeepAsync(record);
            }
        }

        return (records, await File.ReadAllBytesAsync(_bed.FirstFile));
    }

    private static IEnumerable<string> Wholes(IEnumerable<JournalRecord> records) => records.Select(r => r.Whole());
}
