using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>The tombstone of all keys that were not there at the last clear, as a script that writes is told of it.</summary>
/// <param name="Key">Where it stands; null: the script cannot reach it, or need not.</param>
/// <param name="Head">What stands there, where the script does not look itself.</param>
internal readonly record struct ClearMark(RedisKey? Key, RedisValue Head)
{
    /// <summary>There was no clear, or it does not matter.</summary>
    public static readonly ClearMark None = new(null, "none");

    /// <summary>The script looks itself.</summary>
    public static ClearMark At(RedisKey key) => new(key, RedisValue.EmptyString);
}
