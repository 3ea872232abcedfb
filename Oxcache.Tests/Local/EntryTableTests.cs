using FsCheck;
using FsCheck.Fluent;
using Oxcaching.Local;

namespace Oxcaching.Tests.Local;

public sealed class EntryTableTests
{
    /// <summary>Each length, for short keys are compared in other ways than long ones.</summary>
    [Fact]
    public void A_key_of_the_same_hash_that_differs_in_one_character_is_not_found()
    {
        const uint Hash = 42;
        for (var length = 1; length <= 40; length++)
        {
            var key = new string('k', length);
            var table = new EntryTable(1);
            table.Add(NewEntry(key, Hash));

            Assert.NotNull(table.Find(key, Hash));
            Assert.Null(table.Find(key + "k", Hash));
            Assert.Null(table.Find(key.AsSpan(1), Hash));
            for (var at = 0; at < length; at++)
            {
                Assert.Null(table.Find($"{key[..at]}x{key[(at + 1)..]}", Hash));
            }
        }
    }

    /// <summary>Few hashes, so that chunks overflow and keys pile up as they never would by chance.</summary>
    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    [InlineData(200u)]
    public void It_agrees_with_a_dictionary_however_the_keys_collide(uint hashes)
    {
        var steps = (from key in Gen.Choose(0, 150) from add in Gen.Choose(0, 2) select (key, add > 0)).ListOf(600).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(steps, list =>
        {
            var table = new EntryTable(120);
            var model = new Dictionary<string, LocalEntry>();
            foreach (var (number, add) in list)
            {
                var key = $"k{number}";
                var hash = (uint)number % hashes * (uint.MaxValue / hashes);
                var slot = table.SlotOf(key, hash);
                Assert.Equal(model.ContainsKey(key), slot >= 0);
                if (add && slot < 0 && table.Count < table.Limit)
                {
                    model.Add(key, NewEntry(key, hash));
                    Assert.Same(model[key], table[table.Add(model[key])]);
                }
                else if (!add && slot >= 0)
                {
                    table.Remove(slot);
                    model.Remove(key);
                }

                Assert.Equal(model.Count, table.Count);
            }

            Assert.All(model, pair => Assert.Same(pair.Value, table.Find(pair.Key, pair.Value.Hash)));
        }));
    }

    /// <summary>One key went from the first chunk to the second while the first was full, and later another the other way.</summary>
    [Fact]
    public void A_search_ends_even_where_every_chunk_was_passed()
    {
        const uint First = 0;
        const uint Second = uint.MaxValue;
        var table = new EntryTable(24);
        var early = Enumerable.Range(0, 16).Select(i => table.Add(NewEntry($"early {i}", First))).ToList();
        table.Add(NewEntry("passed on", First));
        early.ForEach(table.Remove);
        for (var i = 0; i < 16; i++)
        {
            table.Add(NewEntry($"late {i}", Second));
        }

        Assert.Null(table.Find("absent", First));
        Assert.Equal(-1, table.SlotOf("absent", Second));
        Assert.NotNull(table.Find("passed on", First));
        Assert.NotNull(table.Find("late 15", Second));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(10_000)]
    public void There_is_room_for_what_was_asked_for(int capacity) => Assert.InRange(new EntryTable(capacity).Limit, capacity, capacity + 11);

    private static LocalEntry<int> NewEntry(string key, uint hash)
    {
        var entry = new LocalEntry<int>(0);
        entry.Store(key, hash, new Era(TimeSpan.Zero, new HitCounter()), 1);
        return entry;
    }
}
