using System.Diagnostics;
using System.Reflection;
using Oxcaching.Configuration;

namespace Oxcaching.Tests.Configuration;

/// <summary>A password is shown nowhere.</summary>
public sealed class SecretTests
{
    private const string Secret = "hunter2";

    private static readonly OxcacheOptions Options = new()
    {
        Services = { ["s"] = new ServiceOptions { L2 = { Password = Secret, ConnectionString = $"redis://:{Secret}@h" } } },
    };

    [Fact]
    public void No_options_type_shows_it()
    {
        var service = Options.Services["s"];
        object[] all = [Options, service, service.L1, service.L2, service.TwoLevel, service.L2.Sentinel, service.L2.Cluster];
        Assert.All(all, o => Assert.DoesNotContain(Secret, o.ToString(), StringComparison.Ordinal));
        Assert.All(all, o => Assert.Null(o.GetType().GetCustomAttribute<DebuggerDisplayAttribute>()));
    }

    [Fact]
    public void No_settings_type_shows_it()
    {
        var configuration = OxcacheConfiguration.Resolve(Options);
        var service = configuration.Services["s"];
        Assert.Equal(Secret, service.Remote!.Address.Password);
        Assert.All(
            new object[] { configuration, service, service.Remote, service.Remote.Address, RedisConnectionString.Parse($"h,password={Secret}", concealed: false) },
            o => Assert.DoesNotContain(Secret, o.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void No_address_of_sentinels_shows_it()
    {
        var address = ConfigurationText.Service(
            $"[services.s.l2]\nmode = 'sentinel'\nsentinel = {{ master_name = 'm', nodes = ['h'], password = '{Secret}' }}").Remote!.Address;
        Assert.Equal(Secret, address.SentinelPassword);
        Assert.Equal("m of h:26379", address.ToString());
    }

    [Theory]
    [InlineData("password = hunter2")]
    [InlineData("password = 'hunter2")]
    [InlineData("password = \"x\" hunter2")]
    [InlineData("password \"hunter2\"")]
    [InlineData("password = `hunter2`")]
    [InlineData("password = \"a\nhunter2 = b\"")]
    [InlineData("password = -----BEGIN\nhunter2==\n-----END")]
    [InlineData("password = 'hunter2'\npassword = 'other'")]
    [InlineData("password = \"\\hunter2\"")]
    [InlineData("password = ['hunter2']")]
    [InlineData("password = 'hunter2${'")]
    [InlineData("mode = 'redis://:hunter2@h'")]
    [InlineData("password = 'other'\nconnection_string = 'redis://:hunter2@h'")]
    [InlineData("connection_string = 'redis://hunter2'\nconnection_string = 'redis://h'")]
    [InlineData("connection_string = 'redis://hunter2@h'")]
    [InlineData("connection_string = 'redis://:hunter2'")]
    [InlineData("connection_string = 'redis://:a:hunter2@h'")]
    [InlineData("connection_string = 'redis://:a/hunter2@h'")]
    [InlineData("connection_string = 'redis://:a?hunter2@h'")]
    [InlineData("connection_string = 'redis://:a?hunter2=b@h'")]
    [InlineData("connection_string = 'redis://:a#hunter2@h'")]
    [InlineData("connection_string = 'redis://:a@hunter2@h'")]
    [InlineData("connection_string = 'redis://:%hunter2@h'")]
    [InlineData("connection_string = 'redis://:a@h:hunter2'")]
    [InlineData("connection_string = 'redis://h/hunter2'")]
    [InlineData("connection_string = 'hunter2://h'")]
    [InlineData("connection_string = 'h,password=a,hunter2'")]
    [InlineData("connection_string = 'h,password=a,hunter=hunter2'")]
    [InlineData("connection_string = 'h,password=a,hunter2=b'")]
    [InlineData("connection_string = 'h,passwort=hunter2'")]
    [InlineData("connection_string = 'h,ssl=hunter2'")]
    [InlineData("connection_string = 'h,password=hunter2,password=b'")]
    [InlineData("connection_string = 'h,password=hunter2,proxy=x'")]
    [InlineData("connection_string = ':hunter2@h'")]
    [InlineData("mode = 'sentinel'\nsentinel.password = 'hunter2'")]
    [InlineData("mode = 'cluster'\nconnection_string = 'password=hunter2'")]
    public void No_error_shows_it(string toml)
    {
        var error = Assert.Throws<OxcacheConfigurationException>(() => ConfigurationText.Load($"[services.s.l2]\n{toml}"));
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_warning_shows_it() => Assert.All(
        ConfigurationText.Load($"[services.s]\ncache_type = 'l1'\nl2.password = '{Secret}'\nl2.connection_string = 'h,password={Secret},version={Secret}'").Warnings,
        w => Assert.DoesNotContain(Secret, w, StringComparison.Ordinal));
}
