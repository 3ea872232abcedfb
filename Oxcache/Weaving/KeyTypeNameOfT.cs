namespace Oxcaching.Weaving;

/// <summary>The name of <typeparamref name="T"/>, made once.</summary>
internal static class KeyTypeName<T>
    where T : allows ref struct
{
    public static readonly string Text = KeyTypeName.Of(typeof(T));
}
