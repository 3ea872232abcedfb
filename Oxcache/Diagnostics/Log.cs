using Microsoft.Extensions.Logging;

namespace Oxcaching.Diagnostics;

/// <summary>Every message that Oxcache logs. Event ids are stable.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "{Warning}")]
    public static partial void Configuration(ILogger logger, string warning);

    [LoggerMessage(2, LogLevel.Error, "{Method} runs uncached: Oxcache is not initialized. Call Oxcache.Init(\"config.toml\") at start-up.")]
    public static partial void NotInitialized(ILogger logger, string method);

    [LoggerMessage(3, LogLevel.Error, "{Method} runs uncached: {Problem}")]
    public static partial void Misconfigured(ILogger logger, string method, string problem);

    [LoggerMessage(4, LogLevel.Error, "{Method} runs uncached: its key could not be made. Logged once for this method.")]
    public static partial void KeyFailed(ILogger logger, string method, Exception? exception);

    [LoggerMessage(10, LogLevel.Information, "Redis {Address}: up")]
    public static partial void RemoteUp(ILogger logger, string address);

    [LoggerMessage(11, LogLevel.Warning, "Redis {Address}: down; the cache goes on without it and keeps probing. {Reason}")]
    public static partial void RemoteDown(ILogger logger, string address, string reason);

    [LoggerMessage(12, LogLevel.Warning, "Service {Service}: Redis refused a call ({Suppressed} more not logged). {Reason}")]
    public static partial void RemoteRefused(ILogger logger, string service, long suppressed, string reason);

    [LoggerMessage(13, LogLevel.Warning, "Service {Service}: writes do not reach Redis ({Suppressed} more not logged); they are pending, and until it is back other instances may read older values. {Reason}")]
    public static partial void WritesPending(ILogger logger, string service, long suppressed, string reason);

    [LoggerMessage(16, LogLevel.Warning, "Service {Service}: too much waits for Redis to come back ({Suppressed} more not logged). Values are dropped and their keys deleted instead; raise wal_max_bytes if there is memory for more.")]
    public static partial void PendingFull(ILogger logger, string service, long suppressed);

    [LoggerMessage(15, LogLevel.Warning, "Service {Service}: invalidations do not arrive ({Suppressed} more not logged); until they do, L1 keeps nothing longer than coherence_max_age.")]
    public static partial void ChannelDown(ILogger logger, string service, long suppressed);

    [LoggerMessage(14, LogLevel.Information, "Redis {Address}: the primary is now {Primaries}")]
    public static partial void PrimaryReplaced(ILogger logger, string address, string primaries);

    [LoggerMessage(17, LogLevel.Error, "A handler of HealthChanged threw.")]
    public static partial void HealthHandlerFailed(ILogger logger, Exception exception);

    [LoggerMessage(18, LogLevel.Warning, "Service {Service}: {Sentence}")]
    public static partial void Limited(ILogger logger, string service, string sentence);

    [LoggerMessage(19, LogLevel.Information, "Service {Service}: Redis does again what it had refused.")]
    public static partial void Granted(ILogger logger, string service);

    [LoggerMessage(20, LogLevel.Warning, "Service {Service}: the value of '{Key}' in L2 cannot be read and will be overwritten ({Suppressed} more not logged). {Reason}")]
    public static partial void Unreadable(ILogger logger, string service, string key, long suppressed, string reason);

    [LoggerMessage(21, LogLevel.Error, "Service {Service}: a value of type {Type} cannot be serialized and is not stored in L2. Logged once for this service. In a trimmed application, set OxcacheOptions.JsonSerializerOptions with a JsonSerializerContext that has the type.")]
    public static partial void NotSerialized(ILogger logger, string service, string type, Exception exception);

    [LoggerMessage(22, LogLevel.Warning, "Service {Service}: '{Key}' has {Size} bytes, over max_value_size = {Limit}, and is not stored in L2. Logged once for this service.")]
    public static partial void Oversized(ILogger logger, string service, string key, long size, int limit);

    [LoggerMessage(23, LogLevel.Error, "JSON by reflection is switched off in this application, as it is in trimmed ones, so no value can be stored in L2. Set OxcacheOptions.JsonSerializerOptions to options whose TypeInfoResolver is a JsonSerializerContext with the cached types.")]
    public static partial void NoJsonTypes(ILogger logger);

    [LoggerMessage(30, LogLevel.Warning, "Service {Service}: the load of '{Key}' takes longer than flight_timeout = {Seconds} s; its result will not be stored. If it is meant to take that long, raise services.{Service}.flight_timeout.")]
    public static partial void Overdue(ILogger logger, string service, string key, double seconds);

    [LoggerMessage(31, LogLevel.Error, "Service {Service}: an error inside the cache. The call was not affected.")]
    public static partial void Internal(ILogger logger, string service, Exception exception);

    [LoggerMessage(40, LogLevel.Information, "Service {Service}: the write-ahead log has {Count} writes that Redis has not acknowledged.")]
    public static partial void JournalRecovered(ILogger logger, string service, int count);

    [LoggerMessage(41, LogLevel.Warning, "Service {Service}: the last {Bytes} bytes of {Path} were cut off; a crash interrupted their writing.")]
    public static partial void JournalTorn(ILogger logger, string service, string path, long bytes);

    [LoggerMessage(42, LogLevel.Error, "Service {Service}: a write-ahead log was set aside as {Path}. {Problem} What could be read of it is kept.")]
    public static partial void JournalSetAside(ILogger logger, string service, string path, string problem);

    [LoggerMessage(43, LogLevel.Error, "Service {Service}: the write-ahead log {Path} is left as it is, for the next start. {Problem}")]
    public static partial void JournalLeftAlone(ILogger logger, string service, string path, string problem);

    [LoggerMessage(44, LogLevel.Warning, "Service {Service}: the write-ahead log cannot be written; until it can, a crash loses what waits for Redis. {Reason}")]
    public static partial void JournalDown(ILogger logger, string service, string reason);

    [LoggerMessage(45, LogLevel.Information, "Service {Service}: the write-ahead log is written again.")]
    public static partial void JournalUp(ILogger logger, string service);

    [LoggerMessage(46, LogLevel.Warning, "Service {Service}: the write-ahead log could not be compacted and goes on growing. {Reason}")]
    public static partial void JournalNotCompacted(ILogger logger, string service, string reason);

    [LoggerMessage(47, LogLevel.Warning, "Service {Service}: the write-ahead log is full ({Suppressed} more not logged): a crash loses values that wait for Redis, and deletes when it is full of them. Raise wal_max_bytes to keep more.")]
    public static partial void JournalFull(ILogger logger, string service, long suppressed);
}
