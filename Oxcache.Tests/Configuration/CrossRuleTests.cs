namespace Oxcaching.Tests.Configuration;

/// <summary>Rules that look at more than one value.</summary>
public sealed class CrossRuleTests
{
    [Fact]
    public void L1_does_not_outlive_the_service() => Assert.Equal(
        ["config.toml(4,7): services.s.l1.ttl: 601 s is longer than services.s.ttl, at most its 600 s allowed"],
        ConfigurationText.Errors("[services.s]\nttl = 600\n[services.s.l1]\nttl = 601"));

    [Fact]
    public void L1_does_not_outlive_the_inherited_ttl() => Assert.Equal(
        ["config.toml(5,7): services.s.l1.ttl: 121 s is longer than global.default_ttl, at most its 120 s allowed"],
        ConfigurationText.Errors("[global]\ndefault_ttl = 120\n[services.s]\n[services.s.l1]\nttl = 121"));

    [Fact]
    public void L1_may_live_as_long_as_the_service() =>
        Assert.Equal(TimeSpan.FromSeconds(600), ConfigurationText.Service("[services.s]\nttl = 600\nl1.ttl = 600").Local!.Ttl);

    [Fact]
    public void A_wrong_service_ttl_says_nothing_of_a_right_l1_ttl() => Assert.Equal(
        ["config.toml(2,7): services.s.ttl: found a string, an integer, 1 … 2592000 seconds expected"],
        ConfigurationText.Errors("[services.s]\nttl = 'x'\nl1.ttl = 900"));

    [Fact]
    public void The_initial_capacity_is_within_the_maximum() => Assert.Equal(
        ["config.toml(4,20): services.s.l1.initial_capacity: 11 is more than services.s.l1.max_capacity, at most its 10 allowed"],
        ConfigurationText.Errors("[services.s]\n[services.s.l1]\nmax_capacity = 10\ninitial_capacity = 11"));

    [Fact]
    public void Two_different_passwords_are_refused_unseen() => Assert.Equal(
        ["config.toml(4,12): services.s.l2.password: differs from the password in connection_string, one password in one of the two allowed"],
        ConfigurationText.Errors("[services.s]\n[services.s.l2]\nconnection_string = 'redis://:one@h'\npassword = 'two'"));

    [Theory]
    [InlineData("connection_string = 'redis://:one@h'\npassword = 'one'")]
    [InlineData("connection_string = 'redis://h'\npassword = 'one'")]
    [InlineData("connection_string = 'redis://:one@h'\npassword = ''")]
    [InlineData("connection_string = 'h,password=one'")]
    public void A_password_may_stand_in_either_place(string toml) =>
        Assert.Equal("one", ConfigurationText.Service($"[services.s.l2]\n{toml}").Remote!.Address.Password);

    [Fact]
    public void A_user_is_kept() =>
        Assert.Equal("alice", ConfigurationText.Service("[services.s.l2]\nconnection_string = 'redis://alice:pw@h'").Remote!.Address.User);

    [Fact]
    public void The_default_user_needs_nothing_special()
    {
        var configuration = ConfigurationText.Load("[services.s.l2]\nconnection_string = 'redis://default:pw@h'");
        Assert.Null(configuration.Services["s"].Remote!.Address.User);
    }

    [Fact]
    public void A_user_without_a_password_is_refused() => Assert.Equal(
        ["config.toml(2,21): services.s.l2.connection_string: names a user but no password, give it as user:password@ or as l2.password"],
        ConfigurationText.Errors("[services.s.l2]\nconnection_string = 'redis://alice@h'"));

    [Fact]
    public void A_users_password_may_stand_beside_the_connection_string() =>
        Assert.Equal("pw", ConfigurationText.Service("[services.s.l2]\nconnection_string = 'redis://alice@h'\npassword = 'pw'").Remote!.Address.Password);

    [Theory]
    [InlineData("connection_string = 'redis://h'\nenable_tls = true")]
    [InlineData("connection_string = 'rediss://h'")]
    [InlineData("connection_string = 'h,ssl=true'")]
    public void Tls_is_turned_on_in_any_of_three_ways(string toml) => Assert.True(ConfigurationText.Service($"[services.s.l2]\n{toml}").Remote!.Address.Tls);

    [Fact]
    public void Everything_wrong_is_reported_at_once_in_the_order_of_the_file()
    {
        var error = Assert.Throws<OxcacheConfigurationException>(() => ConfigurationText.Load("""
            [global]
            default_ttl = 0
            serialisation = "json"
            [services.a]
            cache_type = "l3"
            ttl = 10
            [services.a.l1]
            ttl = 20
            max_capacity = "many"
            [services.a.l2]
            connection_string = "redis://h:99999"
            [services."b c"]
            """));

        Assert.Equal(
        [
            "config.toml(2,15): global.default_ttl: 0 is out of range, 1 … 2592000 seconds allowed",
            "config.toml(3,1): global.serialisation: unknown key, did you mean 'serialization'?",
            "config.toml(5,14): services.a.cache_type: unknown value \"l3\", did you mean \"l1\"? \"l1\", \"l2\", \"two-level\" allowed",
            "config.toml(8,7): services.a.l1.ttl: 20 s is longer than services.a.ttl, at most its 10 s allowed",
            "config.toml(9,16): services.a.l1.max_capacity: found a string, an integer, 1 … 10000000 entries expected",
            "config.toml(11,21): services.a.l2.connection_string: the port is not a port number, 1 … 65535 allowed",
            "config.toml(12,11): services.\"b c\": not a service name, 1 … 64 of the characters A-Z a-z 0-9 _ . - allowed",
        ], error.Errors);
        Assert.Equal(string.Join('\n', error.Errors), error.Message);
    }
}
