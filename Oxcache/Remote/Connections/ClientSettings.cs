using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>Which settings of the client the cache cannot work with.</summary>
internal static class ClientSettings
{
    /// <summary>What the cache sends, and what its scripts call by their real names.</summary>
    private static readonly HashSet<string> Needed = new(StringComparer.OrdinalIgnoreCase)
    {
        "DEL", "EVAL", "EVALSHA", "GET", "GETRANGE", "PSETEX", "PTTL", "SCAN", "SCRIPT", "SET", "SETRANGE", "TIME",
    };

    /// <summary>What is wrong, with its name and the way out; null: nothing.</summary>
    public static string? Broken(ConfigurationOptions options)
    {
        if (options.Proxy != Proxy.None)
        {
            return $"Proxy = {options.Proxy} cannot be used: a proxy runs neither scripts nor pub/sub. Connect to Redis itself.";
        }

        var changed = options.CommandMap.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries).Select(change => change[1..].Split('=')[0]);
        return changed.FirstOrDefault(Needed.Contains) is { } command
            ? $"The CommandMap renames or disables {command}, which the cache needs by its real name: leave it as it is."
            : null;
    }

    /// <summary>The same for a connection of our own, which is told elsewhere what it leads to.</summary>
    public static string? BrokenByHook(ConfigurationOptions options) =>
        options.DefaultDatabase is > 0 and var database
            ? $"DefaultDatabase = {database} cannot be used: name the database in connection_string, as in redis://host:6379/{database}."
            : options.ServiceName is { Length: > 0 }
                ? "ServiceName cannot be used: set mode = \"sentinel\" and sentinel.master_name."
                : Broken(options);
}
