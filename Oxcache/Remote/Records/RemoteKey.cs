using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>The L2 key of a service's key: <c>{key_prefix}:{service}:{key}</c>, where the key may be hashed.</summary>
/// <remarks>
/// A key over <see cref="MaxBytes"/>, or one that UTF-8 cannot tell from another (it has half a surrogate pair), is hashed;
/// the envelope then carries it whole, and a read compares.
/// </remarks>
internal readonly struct RemoteKey
{
    public const int MaxBytes = 512;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private RemoteKey(RedisKey redis, string text, bool isHashed)
    {
        Redis = redis;
        Text = text;
        IsHashed = isHashed;
    }

    public RedisKey Redis { get; }

    /// <summary>The service's key, whole.</summary>
    public string Text { get; }

    public bool IsHashed { get; }

    public static RemoteKey For(string keySpace, string key)
    {
        var hashed = key.Length > MaxBytes || !(Ascii.IsValid(key) || FitsAsItIs(key));
        var name = hashed ? "#" + Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(key.AsSpan()))) : key;
        return new RemoteKey(keySpace + name, key, hashed);
    }

    /// <summary>A key that was found in Redis. What it is called in the service cannot be told.</summary>
    public static RemoteKey Standing(RedisKey redis) => new(redis, "", isHashed: false);

    private static bool FitsAsItIs(string key)
    {
        try
        {
            return StrictUtf8.GetByteCount(key) <= MaxBytes;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
