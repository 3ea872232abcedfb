using System.Net;
using Oxcaching.Configuration;
using StackExchange.Redis;

namespace Oxcaching.Tests.Configuration;

/// <summary>Connection strings of both forms, right and wrong.</summary>
public sealed class RedisConnectionStringTests
{
    [Theory]
    [InlineData("redis://cache", "cache:6379")]
    [InlineData("redis://cache:7000", "cache:7000")]
    [InlineData("REDIS://Cache:7000/", "cache:7000")]
    [InlineData("redis://my_cache.some-net.local", "my_cache.some-net.local:6379")]
    [InlineData("redis://127.0.0.1:7000", "127.0.0.1:7000")]
    [InlineData("redis://[::1]", "[::1]:6379")]
    [InlineData("redis://[::1]:7000/2", "[::1]:7000")]
    [InlineData("redis://u:p@[2001:db8::1]:7000", "[2001:db8::1]:7000")]
    [InlineData("cache", "cache:6379")]
    [InlineData("cache:7000", "cache:7000")]
    [InlineData("[::1]:7000", "[::1]:7000")]
    [InlineData("[::1]", "[::1]:6379")]
    [InlineData(" a:1 , b , [::1]:3 ,", "a:1,b:6379,[::1]:3")]
    [InlineData("ssl=true,a:1", "a:1")]
    public void The_end_points_are_found(string text, string expected)
    {
        var parsed = Parse(text);
        Assert.Empty(parsed.Problems);
        Assert.Equal(expected, new RedisAddress { EndPoints = parsed.EndPoints }.ToString());
    }

    [Fact]
    public void An_ip_literal_is_an_address_and_a_name_is_a_name()
    {
        Assert.IsType<IPEndPoint>(Assert.Single(Parse("redis://10.0.0.1").EndPoints));
        Assert.IsType<IPEndPoint>(Assert.Single(Parse("redis://[::1]").EndPoints));
        Assert.IsType<DnsEndPoint>(Assert.Single(Parse("redis://localhost").EndPoints));
    }

    [Theory]
    [InlineData("redis://h", null, null)]
    [InlineData("redis://@h", null, null)]
    [InlineData("redis://:@h", null, null)]
    [InlineData("redis://:pw@h", null, "pw")]
    [InlineData("redis://default:pw@h", null, "pw")]
    [InlineData("redis://alice:pw@h", "alice", "pw")]
    [InlineData("redis://a%40b:p%3A%2F%3f%23%25%C3%A4@h", "a@b", "p:/?#%ä")]
    [InlineData("redis://:a+b😀ä@h", null, "a+b😀ä")]
    [InlineData("h,password=p=w;x", null, "p=w;x")]
    [InlineData("h,PASSWORD=pw,User=alice", "alice", "pw")]
    [InlineData("h,password=", null, null)]
    public void The_credentials_are_found(string text, string? user, string? password)
    {
        var parsed = Parse(text);
        Assert.Empty(parsed.Problems);
        Assert.Equal((user, password), (parsed.User, parsed.Password));
    }

    [Theory]
    [InlineData("redis://h", 0)]
    [InlineData("redis://h/", 0)]
    [InlineData("redis://h/3", 3)]
    [InlineData("h,defaultDatabase=3", 3)]
    public void The_database_is_found(string text, int database) => Assert.Equal(database, Parse(text).Database);

    [Theory]
    [InlineData("redis://h", false)]
    [InlineData("rediss://h", true)]
    [InlineData("h,ssl=true", true)]
    [InlineData("h,ssl=YES", true)]
    [InlineData("h,ssl=false", false)]
    public void Tls_is_found(string text, bool tls) => Assert.Equal(tls, Parse(text).Tls);

    [Fact]
    public void The_certificates_host_is_found() => Assert.Equal("cache.example", Parse("10.0.0.1,ssl=true,sslHost=cache.example").TlsHost);

    [Fact]
    public void What_is_left_is_kept_for_the_client_in_its_own_spelling() => Assert.Equal(
        "allowAdmin=true,keepAlive=10,name=web,tiebreaker=",
        Parse("h,AllowAdmin=yes,keepalive=10,password=pw,name=web,abortConnect=false,tieBreaker=").ClientOptions);

    [Theory]
    [InlineData("allowAdmin=yes")]
    [InlineData("resolveDns=1")]
    [InlineData("keepAlive=10")]
    [InlineData("connectRetry=2")]
    [InlineData("configCheckSeconds=60")]
    [InlineData("topologyRefreshSeconds=60")]
    [InlineData("tcpKeepAlive=on")]
    [InlineData("checkCertificateRevocation=no")]
    [InlineData("sslProtocols=Tls12|Tls13")]
    [InlineData("protocol=resp3")]
    [InlineData("sharedSubscriptionConnection=true")]
    [InlineData("highIntegrity=true")]
    [InlineData("setlib=false")]
    [InlineData("channelPrefix=shop:")]
    [InlineData("name=web")]
    [InlineData("configChannel=c")]
    [InlineData("tiebreaker=t")]
    public void What_is_kept_is_understood_by_the_client(string option)
    {
        var kept = Parse("h," + option).ClientOptions;
        Assert.NotEmpty(kept);
        ConfigurationOptions.Parse(kept, ignoreUnknown: false);
    }

    [Theory]
    [InlineData("", "is empty, redis://host:port or host:port,keyword=value allowed")]
    [InlineData("  ", "is empty, redis://host:port or host:port,keyword=value allowed")]
    [InlineData("http://h", "unknown scheme, redis:// or rediss:// (with TLS) allowed")]
    [InlineData("redis://", "no host, redis://user:password@host:port/db allowed")]
    [InlineData("redis://:pw@", "no host, redis://user:password@host:port/db allowed")]
    [InlineData("redis://a,b", "several end points, one in redis://user:password@host:port/db allowed")]
    [InlineData("redis://h:0", "the port is not a port number, 1 … 65535 allowed")]
    [InlineData("redis://h:65536", "the port is not a port number, 1 … 65535 allowed")]
    [InlineData("redis://h:", "the port is not a port number, 1 … 65535 allowed")]
    [InlineData("redis://h:+1", "the port is not a port number, 1 … 65535 allowed")]
    [InlineData("redis://::1", "the end point is malformed, host:port or [IPv6]:port allowed")]
    [InlineData("redis://[::1", "the end point is malformed, host:port or [IPv6]:port allowed")]
    [InlineData("redis://[::1]x", "the end point is malformed, host:port or [IPv6]:port allowed")]
    [InlineData("redis://[1.2.3.4]", "the host is malformed, a name or an IP address allowed ([…] around IPv6)")]
    [InlineData("redis://256.1.1.1", "the host is malformed, a name or an IP address allowed ([…] around IPv6)")]
    [InlineData("redis://127.1", "the host is malformed, a name or an IP address allowed ([…] around IPv6)")]
    [InlineData("redis://a b", "the host is malformed, a name or an IP address allowed ([…] around IPv6)")]
    [InlineData("redis://h/x", "the database is not a number, 0 or more allowed")]
    [InlineData("redis://h/-1", "the database is not a number, 0 or more allowed")]
    [InlineData("redis://h/1/2", "the database is not a number, 0 or more allowed")]
    [InlineData("redis://:a:b@h", "malformed password, ':' in it is written %3A")]
    [InlineData("redis://:a%4@h", "malformed %-escape in user or password, %XX of UTF-8 allowed")]
    [InlineData("redis://:a%zz@h", "malformed %-escape in user or password, %XX of UTF-8 allowed")]
    [InlineData("redis://:a%FF@h", "malformed %-escape in user or password, %XX of UTF-8 allowed")]
    [InlineData("redis://h?timeout=5", "unknown query parameter 'timeout', none are allowed: use the keys of the l2 section")]
    [InlineData("redis://h/1#x", "unknown query parameter, none are allowed: use the keys of the l2 section")]
    [InlineData(":6379", "part 1: the end point is malformed, host:port or [IPv6]:port allowed")]
    [InlineData("a,b:x", "part 2: the port is not a port number, 1 … 65535 allowed")]
    [InlineData("h,passwrd=x", "unknown keyword 'passwrd', did you mean 'password'?")]
    [InlineData("h,ssl=maybe", "ssl has a malformed value, true or false allowed")]
    [InlineData("h,keepAlive=x", "keepAlive has a malformed value, a number of seconds allowed")]
    [InlineData("h,sslProtocols=Tls9", "sslProtocols has a malformed value, names of SslProtocols, with '|' between them, allowed")]
    [InlineData("h,protocol=resp4", "protocol has a malformed value, resp2 or resp3 allowed")]
    [InlineData("h,syncTimeout=x", "syncTimeout has a malformed value")]
    [InlineData("h,defaultDatabase=x", "the database is not a number, 0 or more allowed")]
    [InlineData("h,ssl=true,SSL=true", "ssl is given twice, once is allowed")]
    [InlineData("h,proxy=Twemproxy", "proxy is not allowed: a proxy runs neither scripts nor pub/sub")]
    [InlineData("h,serviceName=x", "serviceName is not allowed: mode = \"sentinel\" and sentinel.master_name say it")]
    [InlineData("h,$EVAL=x", "part 2 renames a command, that is not allowed: scripts need the real names")]
    public void A_malformed_string_is_refused(string text, string problem) => Assert.Equal([problem], Parse(text).Problems);

    [Fact]
    public void A_keyword_like_no_other_is_told_all_there_are() =>
        Assert.StartsWith("unknown keyword 'colour', allowed are password, user, ssl, ", Assert.Single(Parse("h,colour=x").Problems));

    [Fact]
    public void All_problems_are_found_at_once() => Assert.Equal(3, Parse("h:x,ssl=maybe,proxy=x").Problems.Count);

    [Fact]
    public void Equal_strings_make_equal_addresses()
    {
        static RedisAddress Address(string text) => ConfigurationText.Service($"[services.s.l2]\nconnection_string = '{text}'").Remote!.Address;
        Assert.Equal(Address("redis://:pw@localhost/1"), Address("LOCALHOST:6379,password=pw"));
        Assert.NotEqual(Address("h,ssl=true,sslHost=a"), Address("h,ssl=true,sslHost=b"));
        Assert.NotEqual(Address("redis://:one@h"), Address("redis://:two@h"));
    }

    private static RedisConnectionString Parse(string text) => RedisConnectionString.Parse(text, concealed: false);
}
