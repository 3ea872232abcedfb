namespace Oxcaching.Remote;

/// <summary>What the caller of a look-up is told of it. Known at compile time, so that no answer is unwrapped on its way.</summary>
/// <typeparam name="T">The type of the cached value.</typeparam>
/// <typeparam name="TAnswer">What the caller wants of it.</typeparam>
internal interface ILookUpAnswer<T, TAnswer>
{
    static abstract TAnswer To(CacheLookup<T> lookup);
}
