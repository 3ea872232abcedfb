using System.Security.Authentication;

namespace Oxcaching.Configuration;

/// <summary>A keyword of StackExchange.Redis's connection strings, and what becomes of it here.</summary>
/// <param name="Name">In its own spelling; case does not matter.</param>
/// <param name="Use">What becomes of it.</param>
/// <param name="Accepts">Whether a value is well-formed.</param>
/// <param name="Note">What is allowed as a value, or why it is refused or ignored.</param>
internal sealed record RedisClientKeyword(string Name, RedisKeywordUse Use, Func<string, bool>? Accepts = null, string Note = "")
{
    /// <summary>Those that a string may be expected to have.</summary>
    public static IReadOnlyDictionary<string, RedisClientKeyword> All { get; } = new RedisClientKeyword[]
    {
        new("password", RedisKeywordUse.Taken),
        new("user", RedisKeywordUse.Taken),
        new("ssl", RedisKeywordUse.Taken, IsBoolean, "true or false"),
        new("sslHost", RedisKeywordUse.Taken),
        new("defaultDatabase", RedisKeywordUse.Taken),
        new("allowAdmin", RedisKeywordUse.Kept, IsBoolean, "true or false"),
        new("resolveDns", RedisKeywordUse.Kept, IsBoolean, "true or false"),
        new("keepAlive", RedisKeywordUse.Kept, IsNumber, "a number of seconds"),
        new("connectRetry", RedisKeywordUse.Kept, IsNumber, "a number"),
        new("configCheckSeconds", RedisKeywordUse.Kept, IsNumber, "a number of seconds"),
        new("topologyRefreshSeconds", RedisKeywordUse.Kept, IsNumber, "a number of seconds"),
        new("tcpKeepAlive", RedisKeywordUse.Kept, IsBoolean, "true or false"),
        new("checkCertificateRevocation", RedisKeywordUse.Kept, IsBoolean, "true or false"),
        new("sslProtocols", RedisKeywordUse.Kept, AreProtocols, "names of SslProtocols, with '|' between them,"),
        new("protocol", RedisKeywordUse.Kept, IsProtocol, "resp2 or resp3"),
        new("sharedSubscriptionConnection", RedisKeywordUse.Kept, IsBoolean, "true or false"),
        new("highIntegrity", RedisKeywordUse.Kept, IsBoolean, "true or false"),
        new("setlib", RedisKeywordUse.Kept, IsBoolean, "true or false"),
        new("channelPrefix", RedisKeywordUse.Kept),
        new("name", RedisKeywordUse.Kept),
        new("configChannel", RedisKeywordUse.Kept),
        new("tiebreaker", RedisKeywordUse.Kept),
        new("abortConnect", RedisKeywordUse.Ignored, IsBoolean, "a Redis that is down never stops the start"),
        new("connectTimeout", RedisKeywordUse.Ignored, IsNumber, "l2.connection_timeout_ms says it"),
        new("syncTimeout", RedisKeywordUse.Ignored, IsNumber, "l2.command_timeout_ms says it"),
        new("asyncTimeout", RedisKeywordUse.Ignored, IsNumber, "l2.command_timeout_ms says it"),
        new("responseTimeout", RedisKeywordUse.Ignored, IsNumber, "l2.command_timeout_ms says it"),
        new("writeBuffer", RedisKeywordUse.Ignored, IsNumber, "StackExchange.Redis has none since 3.0"),
        new("highPriorityThreads", RedisKeywordUse.Ignored, IsBoolean, "StackExchange.Redis has none since 3.0"),
        new("version", RedisKeywordUse.Ignored, Note: "the cache sets it itself"),
        new("proxy", RedisKeywordUse.Refused, Note: "a proxy runs neither scripts nor pub/sub"),
        new("serviceName", RedisKeywordUse.Refused, Note: "mode = \"sentinel\" and sentinel.master_name say it"),
    }.ToDictionary(k => k.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The value in the one spelling that every version of StackExchange.Redis reads.</summary>
    public string Normalize(string value) => Accepts != IsBoolean ? value : IsTrue(value) ? "true" : "false";

    public static bool IsTrue(string value) => value.ToLowerInvariant() is "true" or "yes" or "on" or "1";

    private static bool IsBoolean(string value) => IsTrue(value) || value.ToLowerInvariant() is "false" or "no" or "off" or "0";

    private static bool IsProtocol(string value) => value.ToLowerInvariant() is "resp2" or "resp3";

    private static bool AreProtocols(string value) => value.Split('|').All(name => Enum.TryParse<SslProtocols>(name, ignoreCase: true, out _));

    private static bool IsNumber(string value) => value.Length is > 0 and <= 9 && value.All(char.IsAsciiDigit);
}
