using FsCheck;
using FsCheck.Fluent;

namespace Oxcaching.Tests.Local;

/// <summary>Whatever is done to it in whatever order, the cache is a dictionary that forgets when it may.</summary>
public sealed class TinyLfuModelTests
{
    private const int Keys = 24;

    private static readonly Gen<CacheOperation> Operation =
        from kind in Gen.Frequency(
            (10, Gen.Constant(CacheOperationKind.Find)),
            (10, Gen.Constant(CacheOperationKind.Set)),
            (2, Gen.Constant(CacheOperationKind.Remove)),
            (2, Gen.Constant(CacheOperationKind.Wait)))
        from rare in Gen.Choose(0, 50)
        from key in Gen.Choose(0, Keys - 1)
        from ticks in Gen.Frequency((8, Gen.Choose(1, 60)), (1, Gen.Choose(61, 400)))
        select new CacheOperation(rare == 0 ? CacheOperationKind.Clear : rare == 1 ? CacheOperationKind.Doubt : kind, key, ticks);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(5, false)]
    [InlineData(13, true)]
    [InlineData(20, false)]
    [InlineData(100, true)]
    public void It_agrees_with_a_dictionary_after_every_operation(int capacity, bool idling)
    {
        var histories = Operation.ListOf(300).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(histories, history =>
        {
            using var model = new CacheModel(capacity, idling);
            foreach (var operation in history)
            {
                model.Do(operation);
            }
        }));
    }
}
