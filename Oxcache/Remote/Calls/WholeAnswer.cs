namespace Oxcaching.Remote;

/// <summary>A cached null and a miss are two things.</summary>
internal readonly struct WholeAnswer<T> : ILookUpAnswer<T, CacheLookup<T>>
{
    public static CacheLookup<T> To(CacheLookup<T> lookup) => lookup;
}
