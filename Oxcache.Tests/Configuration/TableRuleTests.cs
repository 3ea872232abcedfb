namespace Oxcaching.Tests.Configuration;

/// <summary>Each key by itself: its range, its names, its type, with the exact message.</summary>
public sealed class TableRuleTests
{
    private const string Life = "1 … 2592000 seconds";
    private const string Hour = "1 … 3600 seconds";
    private const string Entries = "1 … 10000000 entries";

    public static TheoryData<string, string, string, string, string> Ranges => new()
    {
        { "global", "default_ttl", "0", "2592001", Life },
        { "global", "health_check_interval", "0", "3601", Hour },
        { "global", "wal_max_bytes", "0", "-1", "1 … 9223372036854775807 bytes" },
        { "services.s", "ttl", "0", "2592001", Life },
        { "services.s", "flight_timeout", "0", "3601", Hour },
        { "services.s", "coherence_max_age", "0", "3601", Hour },
        { "services.s.l1", "max_capacity", "0", "10000001", Entries },
        { "services.s.l1", "ttl", "0", "2592001", Life },
        { "services.s.l1", "tti", "0", "2592001", Life },
        { "services.s.l1", "initial_capacity", "-1", "10000001", "0 … 10000000 entries" },
        { "services.s.l2", "connection_timeout_ms", "99", "30001", "100 … 30000 milliseconds" },
        { "services.s.l2", "command_timeout_ms", "9", "60001", "10 … 60000 milliseconds" },
        { "services.s.l2", "max_value_size", "0", "536870913", "1 … 536870912 bytes" },
        { "services.s.two_level", "batch_size", "0", "10001", "1 … 10000" },
        { "services.s.two_level", "batch_interval_ms", "0", "60001", "1 … 60000 milliseconds" },
    };

    public static TheoryData<string, string, string> Limits => new()
    {
        { "global", "default_ttl", "1" },
        { "global", "default_ttl", "2592000" },
        { "global", "health_check_interval", "1" },
        { "global", "health_check_interval", "3600" },
        { "global", "wal_max_bytes", "9223372036854775807" },
        { "services.s", "ttl", "1" },
        { "services.s", "ttl", "2592000" },
        { "services.s", "flight_timeout", "3600" },
        { "services.s", "coherence_max_age", "3600" },
        { "services.s.l1", "max_capacity", "1" },
        { "services.s.l1", "max_capacity", "10000000" },
        { "services.s.l1", "ttl", "300" },
        { "services.s.l1", "tti", "1" },
        { "services.s.l1", "initial_capacity", "10000" },
        { "services.s.l2", "connection_timeout_ms", "100" },
        { "services.s.l2", "connection_timeout_ms", "30000" },
        { "services.s.l2", "command_timeout_ms", "10" },
        { "services.s.l2", "command_timeout_ms", "60000" },
        { "services.s.l2", "max_value_size", "1" },
        { "services.s.l2", "max_value_size", "536870912" },
        { "services.s.two_level", "batch_size", "10000" },
        { "services.s.two_level", "batch_interval_ms", "60000" },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void A_number_below_its_range_is_refused(string section, string key, string below, string above, string range)
    {
        _ = above;
        AssertRefused(section, key, below, $"{below} is out of range, {range} allowed");
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void A_number_above_its_range_is_refused(string section, string key, string below, string above, string range)
    {
        _ = below;
        AssertRefused(section, key, above, $"{above} is out of range, {range} allowed");
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void A_string_for_a_number_is_refused(string section, string key, string below, string above, string range)
    {
        _ = (below, above);
        AssertRefused(section, key, "'5'", $"found a string, an integer, {range} expected");
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void The_limits_of_a_range_are_allowed(string section, string key, string value) =>
        Assert.NotNull(ConfigurationText.Load(File(section, key, value)));

    [Theory]
    [InlineData("global", "enable_metrics")]
    [InlineData("services.s", "cache_null")]
    [InlineData("services.s", "distributed_single_flight")]
    [InlineData("services.s", "wal")]
    [InlineData("services.s.l2", "enable_tls")]
    [InlineData("services.s.two_level", "write_through")]
    [InlineData("services.s.two_level", "promote_on_hit")]
    [InlineData("services.s.two_level", "enable_batch_write")]
    public void A_switch_is_true_or_false(string section, string key) =>
        AssertRefused(section, key, "1", "found an integer, true or false expected");

    [Theory]
    [InlineData("services.s", "cache_type", "both", "unknown value \"both\", \"l1\", \"l2\", \"two-level\" allowed")]
    [InlineData("services.s", "cache_type", "two_level", "unknown value \"two_level\", did you mean \"two-level\"? \"l1\", \"l2\", \"two-level\" allowed")]
    [InlineData("services.s", "cache_type", "L1", "unknown value \"L1\", did you mean \"l1\"? \"l1\", \"l2\", \"two-level\" allowed")]
    [InlineData("services.s.l1", "eviction", "fifo", "unknown value \"fifo\", \"tinylfu\", \"lru\" allowed")]
    [InlineData("services.s.l2", "mode", "standalon", "unknown value \"standalon\", did you mean \"standalone\"? \"standalone\", \"sentinel\", \"cluster\" allowed")]
    [InlineData("global", "serialization", "xml", "unknown value \"xml\", \"json\" allowed")]
    [InlineData("services.s", "serialization", "xml", "unknown value \"xml\", \"json\" allowed")]
    [InlineData("global", "wal_sync", "never", "unknown value \"never\", \"always\", \"interval\" allowed")]
    public void An_unknown_choice_is_refused(string section, string key, string value, string text) => AssertRefused(section, key, $"\"{value}\"", text);

    [Theory]
    [InlineData("global", "serialization", "messagepack", "use \"json\"")]
    [InlineData("services.s", "serialization", "messagepack", "use \"json\"")]
    public void A_choice_that_is_not_built_yet_is_refused(string section, string key, string value, string instead) =>
        AssertRefused(section, key, $"\"{value}\"", $"\"{value}\" is not built yet: {instead}");

    [Theory]
    [InlineData("services.s", "cache_type", "\"l1\", \"l2\", \"two-level\"")]
    [InlineData("services.s.l2", "mode", "\"standalone\", \"sentinel\", \"cluster\"")]
    public void A_choice_is_a_string(string section, string key, string names) =>
        AssertRefused(section, key, "true", $"found a boolean, a string expected: {names}");

    [Theory]
    [InlineData("")]
    [InlineData("a:b")]
    [InlineData("a b")]
    [InlineData("a\\u0007b")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void A_key_prefix_has_no_separator_and_no_white_space(string prefix) => AssertRefused(
        "global", "key_prefix", $"\"{prefix}\"", "not a key prefix, 1 … 64 characters without ':', white space and control characters allowed");

    [Fact]
    public void A_key_prefix_may_have_glob_characters() =>
        Assert.Equal("app[1]*", ConfigurationText.Load(File("global", "key_prefix", "'app[1]*'")).KeyPrefix);

    [Theory]
    [InlineData("global", "wal_dir")]
    [InlineData("services.s.l2.sentinel", "master_name")]
    [InlineData("services.s.two_level", "invalidation_channel")]
    public void A_name_is_not_empty(string section, string key) => AssertRefused(section, key, "''", "is empty, at least one character expected");

    [Theory]
    [InlineData("services.s.l2.sentinel")]
    [InlineData("services.s.l2.cluster")]
    public void A_node_is_an_end_point(string section) =>
        AssertRefused(section, "nodes", "['a:1', 'b:x']", "element 2: the port is not a port number, 1 … 65535 allowed");

    [Fact]
    public void Nodes_are_strings() =>
        AssertRefused("services.s.l2.cluster", "nodes", "['a', 1]", "found an integer in the array, an array of strings expected");

    [Fact]
    public void A_connection_string_is_a_string() => AssertRefused("services.s.l2", "connection_string", "6379", "found an integer, a string expected");

    [Fact]
    public void A_password_of_another_type_is_refused_unseen() => AssertRefused("services.s.l2", "password", "123456", "found an integer, a string expected");

    [Fact]
    public void A_section_is_a_table()
    {
        var errors = ConfigurationText.Errors("services.s.l1 = 5");
        Assert.Equal(["config.toml(1,17): services.s.l1: found an integer, a table expected: [services.s.l1]"], errors);
    }

    [Theory]
    [InlineData("'a:b'", "services.\"a:b\"")]
    [InlineData("'a*'", "services.\"a*\"")]
    [InlineData("''", "services.\"\"")]
    [InlineData("'ä'", "services.\"ä\"")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "services.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void A_service_name_has_only_letters_digits_and_three_marks(string name, string path) => Assert.Equal(
        [$"config.toml(1,11): {path}: not a service name, 1 … 64 of the characters A-Z a-z 0-9 _ . - allowed"], ConfigurationText.Errors($"[services.{name}]"));

    [Fact]
    public void A_service_name_may_have_dots_and_is_case_sensitive()
    {
        var services = ConfigurationText.Load("[services.'a.B-c_9']\n[services.'a.b-c_9']").Services;
        Assert.Equal(["a.B-c_9", "a.b-c_9"], services.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[global]\nkey_prefix = 'x'")]
    public void A_file_without_services_is_refused(string toml) =>
        Assert.Equal(["config.toml(1,1): services: no service is configured, add at least one: [services.NAME]"], ConfigurationText.Errors(toml));

    private static string File(string section, string key, string value) =>
        $"[services.s]\n{(section == "services.s" ? "#" : $"[{section}]")}\n{key} = {value}\n";

    private static void AssertRefused(string section, string key, string value, string text) => Assert.Equal(
        [$"config.toml(3,{key.Length + 4}): {section}.{key}: {text}"], ConfigurationText.Errors(File(section, key, value)));
}
