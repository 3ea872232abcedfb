namespace Oxcaching.Configuration;

/// <summary>What becomes of a keyword in a connection string.</summary>
internal enum RedisKeywordUse
{
    /// <summary>Read here: credentials, TLS, the database.</summary>
    Taken,

    /// <summary>Handed on to StackExchange.Redis.</summary>
    Kept,

    /// <summary>Not used, with a warning.</summary>
    Ignored,

    /// <summary>An error: it would break the cache.</summary>
    Refused,
}
