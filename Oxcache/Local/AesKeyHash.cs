using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using ArmAes = System.Runtime.Intrinsics.Arm.Aes;
using X86Aes = System.Runtime.Intrinsics.X86.Aes;

namespace Oxcaching.Local;

/// <summary>A keyed hash of AES rounds, of which processors do one in four cycles.</summary>
/// <remarks>
/// 16 bytes at a time go into the state, a round after each; two more rounds at the end let every bit of the last bytes reach every bit of
/// the hash. Not a cipher, but who does not know the secrets cannot say which keys collide.
/// </remarks>
internal static class AesKeyHash
{
    private const int BlockSize = 16;

    private static readonly Vector128<byte> Start = NewSecret();
    private static readonly Vector128<byte> BlockKey = NewSecret();
    private static readonly Vector128<byte> FirstKey = NewSecret();
    private static readonly Vector128<byte> LastKey = NewSecret();

    public static bool IsSupported => X86Aes.IsSupported || ArmAes.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(ReadOnlySpan<char> key)
    {
        ref var first = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(key));
        var length = key.Length * sizeof(char);
        var state = Start ^ Vector128.CreateScalar(length).AsByte();
        if (length >= BlockSize)
        {
            var last = (nuint)(length - BlockSize);
            for (nuint at = 0; at < last; at += BlockSize)
            {
                state = Round(state ^ Vector128.LoadUnsafe(ref first, at), BlockKey);
            }

            // The last 16 bytes, some of them perhaps for the second time.
            state ^= Vector128.LoadUnsafe(ref first, last);
        }
        else
        {
            state ^= LoadShort(ref first, length);
        }

        return Round(Round(Round(state, BlockKey), FirstKey), LastKey).AsUInt32().ToScalar();
    }

    /// <summary>Fewer than 16 bytes, which with their number tell one key from another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> LoadShort(ref byte first, int length) => length switch
    {
        >= 8 => Vector128.Create(Read<ulong>(ref first, 0), Read<ulong>(ref first, length - 8)).AsByte(),
        >= 4 => Vector128.Create(Read<uint>(ref first, 0), Read<uint>(ref first, length - 4), 0, 0).AsByte(),
        > 0 => Vector128.CreateScalar((uint)Read<ushort>(ref first, 0)).AsByte(),
        _ => Vector128<byte>.Zero,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Read<T>(ref byte first, int at) => Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref first, at));

    /// <summary>One round of encryption; the same on either architecture.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Round(Vector128<byte> state, Vector128<byte> key) => X86Aes.IsSupported
        ? X86Aes.Encrypt(state, key)
        : ArmAes.MixColumns(ArmAes.Encrypt(state, Vector128<byte>.Zero)) ^ key;

    private static Vector128<byte> NewSecret() => Vector128.Create<byte>(RandomNumberGenerator.GetBytes(BlockSize));
}
