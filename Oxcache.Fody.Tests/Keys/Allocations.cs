using System.Runtime.CompilerServices;
using Oxcaching.Weaving;

namespace Oxcaching.Fody.Tests.Keys;

public class Allocations
{
    private static readonly string Name = "alice";
    private static readonly Guid Id = Guid.NewGuid();

    [Fact]
    public void Building_a_key_of_primitives_and_strings_allocates_nothing()
    {
        var total = 0;
        for (var i = 0; i < 50_000; i++)
        {
            total += Build(i); // until the JIT has made its last version of it
        }

        Thread.Sleep(200);
        total += Build(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            total += Build(i);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(total > 0);
    }

    [Fact]
    public void A_key_that_spills_gives_its_array_back()
    {
        var text = new string('x', 5_000);
        BuildLong(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        BuildLong(text);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Build(long id)
    {
        var key = new CacheKeyBuilder("M()");
        key.AppendArgument(id);
        key.AppendArgument(Name);
        key.AppendArgument(true);
        key.AppendArgument('c');
        key.AppendEnumArgument(DayOfWeek.Friday);
        key.AppendNullableArgument<int>(5);
        key.AppendArgument(Id);
        var length = key.AsSpan().Length;
        key.Release();
        return length;
    }

    private static void BuildLong(string text)
    {
        var key = new CacheKeyBuilder("M()");
        key.AppendArgument(text);
        key.Release();
    }
}
