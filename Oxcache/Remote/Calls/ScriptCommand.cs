using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>A script to be run, by its hash or by its text.</summary>
internal sealed class ScriptCommand(Script script, bool byHash, RedisKey[] keys, RedisValue[] arguments) : RedisCommand<RedisResult, ScriptReply>
{
    protected override Task<RedisResult> SendAsync(IDatabase database, CommandFlags flags) => byHash
        ? database.ScriptEvaluateAsync(script.Hash, keys, arguments, flags)
        : database.ScriptEvaluateAsync(script.Text, keys, arguments, flags);

    protected override ScriptReply Read(RedisResult reply) => ScriptReply.From(reply);
}
