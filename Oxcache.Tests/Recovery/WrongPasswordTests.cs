using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using StackExchange.Redis;

namespace Oxcaching.Tests.Recovery;

public sealed class WrongPasswordTests
{
    private const string Secret = "s3cret-of-ours";

    [SkippableFact]
    public async Task A_password_is_used_and_a_wrong_one_is_named_as_the_reason_without_being_shown()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        using (var admin = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port},allowAdmin=true"))
        {
            var endPoint = admin.GetServer("127.0.0.1", server.Port);
            await endPoint.ConfigSetAsync("requirepass", Secret);
        }

        await using var right = await Caches.Remote($"redis://:{Secret}@127.0.0.1:{server.Port}").StartAsync();
        await right.Things().SetAsync("k", 1);
        Assert.Equal(1, await right.Things().GetAsync<int>("k"));

        var options = Caches.Remote($"redis://:not-{Secret}@127.0.0.1:{server.Port}");
        var logs = (LogCollector)options.LoggerFactory!;
        await using var wrong = await options.StartAsync();
        await wrong.Things().SetAsync("k", 2);

        await Eventually.Is(() => logs.Texts(11).Any(text => text.Contains("AuthenticationFailure", StringComparison.Ordinal)));
        Assert.DoesNotContain(logs.Lines, line => line.Text.Contains(Secret, StringComparison.Ordinal));
    }
}
