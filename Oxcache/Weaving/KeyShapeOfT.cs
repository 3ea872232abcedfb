namespace Oxcaching.Weaving;

/// <summary>The shape of <typeparamref name="T"/>, found once.</summary>
internal static class KeyShape<T>
{
    public static readonly KeyShape? Instance = KeyShape.Of(typeof(T));
}
