using System.Runtime.CompilerServices;

namespace Oxcaching.Local;

/// <summary>Hashes keys with a secret of the process, so that nobody can choose keys that collide.</summary>
internal static class KeyHash
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(ReadOnlySpan<char> key) => AesKeyHash.IsSupported ? AesKeyHash.Of(key) : FoldKeyHash.Of(key);
}
