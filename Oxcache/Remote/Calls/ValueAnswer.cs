namespace Oxcaching.Remote;

/// <summary>The value alone; <c>default</c> for a miss.</summary>
internal readonly struct ValueAnswer<T> : ILookUpAnswer<T, T?>
{
    public static T? To(CacheLookup<T> lookup) => lookup.Value;
}
