namespace Oxcaching.Tests.Servers;

public sealed class ServerPoolTests
{
    [SkippableFact]
    public async Task A_test_that_names_no_kind_gets_a_Redis()
    {
        var redis = await ServerPool.UrlAsync(ServerKind.Redis);

        Assert.Equal(redis, await ServerPool.UrlAsync());
    }

    [Fact]
    public async Task An_image_that_cannot_be_had_is_asked_for_once()
    {
        var source = ServerSource.OfImage("127.0.0.1:1/nothing:1");
        var reason = await source.MissingAsync();

        Assert.StartsWith("image 127.0.0.1:1/nothing:1: ", reason, StringComparison.Ordinal);
        Assert.True(source.SharedAsync().IsFaulted);
        Assert.Equal(reason, await source.MissingAsync());
    }
}
