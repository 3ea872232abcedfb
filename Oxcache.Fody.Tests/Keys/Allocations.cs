using System.Runtime.CompilerServices;
using Oxcaching.Weaving;

namespace Oxcaching.Fody.Tests.Keys;

public class Allocations
{
    private static readonly string Name = "alice";
    private static readonly Guid Id = Guid.NewGuid();

    [Fact]
    public void Building_a_key_of_primitives_and_strings_allocates_nothing() => Assert.Equal(0, FewestBytes(() =>
    {
        for (var i = 0; i < 10_000; i++)
        {
            Build(i);
        }
    }));

    [Fact]
    public void A_key_that_spills_gives_its_array_back()
    {
        var text = new string('x', 5_000);
        Assert.Equal(0, FewestBytes(() => BuildLong(text)));
    }

    /// <summary>The JIT may allocate for its own purposes while it makes a better version, but not in every round.</summary>
    private static long FewestBytes(Action round) => Enumerable.Range(0, 10).Min(_ =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        round();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Build(long id)
    {
        var key = new CacheKeyBuilder("M()");
        key.AppendArgument(id);
        key.AppendArgument(Name);
        key.AppendArgument(true);
        key.AppendArgument('c');
        key.AppendEnumArgument(DayOfWeek.Friday);
        key.AppendNullableArgument<int>(5);
        key.AppendArgument(Id);
        Assert.False(key.AsSpan().IsEmpty);
        key.Release();
    }

    private static void BuildLong(string text)
    {
        var key = new CacheKeyBuilder("M()");
        key.AppendArgument(text);
        key.Release();
    }
}
