using System.Security.Cryptography;

namespace Oxcaching.Remote;

/// <summary>Sixteen hex digits that no other writer of the fleet makes: a random start for the process, and a count.</summary>
internal static class Nonce
{
    private static ulong _last = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    public static string Next() => Interlocked.Increment(ref _last).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
