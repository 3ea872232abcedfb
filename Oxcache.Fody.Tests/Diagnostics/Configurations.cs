using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Diagnostics;

public class Configurations
{
    private const string Config = """
        [global]
        default_ttl = 100

        [services.user_cache]
        ttl = 600
        l1.ttl = 300

        [services.memory]
        cache_type = "l1"

        [services.redis]
        cache_type = "l2"

        [services.elsewhere]
        cache_type = "${KIND}"
        """;

    [Theory, BothBuilds]
    public void OXC015_a_service_that_the_configuration_does_not_have(Build build)
    {
        using var project = new ProjectFolder(Config);

        var texts = Expect.Errors("""
            public static class Users
            {
                [Cached("user_cash")] public static Task<int> Misspelt(int id) { return Task.FromResult(id); } // OXC015
                [Cached] public static async Task<int> Default(int id) { await Task.Yield(); return id; } // OXC015
                [Cached("user_cache", Ttl = 5000)] public static Task<int> Right(int id) { return Task.FromResult(id); }
            }
            """, build, project: project);

        Assert.EndsWith(
            "Users.Misspelt(int): config.toml has no service \"user_cash\". Did you mean \"user_cache\"? There are: user_cache, memory, redis, elsewhere.",
            texts[0],
            StringComparison.Ordinal);
        Assert.EndsWith("config.toml has no service \"default\". There are: user_cache, memory, redis, elsewhere.", texts[1], StringComparison.Ordinal);
    }

    [Fact]
    public void OXC015_a_level_that_the_service_does_not_have()
    {
        using var project = new ProjectFolder(Config);

        var texts = Expect.Errors("""
            public static class Users
            {
                [Cached("memory", CacheType = CacheType.L2)] public static Task<int> One(int id) { return Task.FromResult(id); } // OXC015
                [Cached("redis", CacheType = CacheType.L1)] public static Task<int> Two(int id) { return Task.FromResult(id); } // OXC015
                [Cached("redis", CacheType = CacheType.L2)] public static Task<int> Three(int id) { return Task.FromResult(id); }
                [Cached("elsewhere", CacheType = CacheType.L2)] public static Task<int> Four(int id) { return Task.FromResult(id); }
            }
            """, project: project);

        Assert.EndsWith(
            "CacheType = L2, and config.toml gives the service \"memory\" only L1. Leave CacheType out, or change the service's cache_type.",
            texts[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public void OXC015_a_ttl_that_the_only_level_does_not_reach()
    {
        using var project = new ProjectFolder(Config);

        var texts = Expect.Errors("""
            public static class Users
            {
                [Cached("memory", Ttl = 101)] public static Task<int> One(int id) { return Task.FromResult(id); } // OXC015
                [Cached("memory", Ttl = 100)] public static Task<int> Two(int id) { return Task.FromResult(id); }
                [Cached("user_cache", Ttl = 301, CacheType = CacheType.L1)] public static Task<int> Three(int id) { return Task.FromResult(id); } // OXC015
                [Cached("user_cache", Ttl = 301)] public static Task<int> Four(int id) { return Task.FromResult(id); }
            }
            """, project: project);

        Assert.EndsWith(
            "Ttl = 301 is never reached: config.toml lets L1 of the service \"user_cache\" keep an entry for 300 s at most, and the method uses no other level. "
            + "Raise the service's ttl or l1.ttl, or lower Ttl.",
            texts[1],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[services.a]\nttl = 1 2", 2, "OXC015: services.a.ttl: found '2', the end of the line expected")]
    [InlineData("a = [", 1, "OXC015: a: found the end of the file, a value (a string in quotes, a number, true, false, a date, an array or a table) expected")]
    [InlineData("\n\nd = 2024-13-01", 3, "OXC015: d: not a date or time, YYYY-MM-DD, hh:mm:ss or both of the years 1 … 9999 expected")]
    [InlineData("[services.a]\n[services.a]", 2, "OXC015: services.a: 'services.a' is already defined in line 1, once is allowed")]
    public void OXC015_a_file_that_the_reader_refuses_is_told_in_its_own_words_at_its_own_place(string config, int line, string text)
    {
        using var project = new ProjectFolder(config);

        var error = Assert.Single(Weave(project).Errors);

        Assert.Equal((project.ConfigFile, line, text), (error.File, error.Line, error.Text));
    }

    [Fact]
    public void OXC015_a_file_that_is_refused_in_several_lines_is_told_of_each()
    {
        using var project = new ProjectFolder("[services.a]\nttl = 5s\ncache_type = l1\n");

        Assert.Equal([2, 3], Weave(project).Errors.Select(error => error.Line));
    }

    [Fact]
    public void A_ttl_from_the_environment_rules_nothing_out()
    {
        using var project = new ProjectFolder("""
            [global]
            default_ttl = "${TTL:-60}"
            [services.own]
            cache_type = "l1"
            ttl = "${TTL}"
            [services.local]
            cache_type = "l1"
            ttl = 60
            l1.ttl = "${TTL:-60}"
            [services.inherited]
            cache_type = "l1"
            [services.known]
            cache_type = "l1"
            ttl = 60
            """);

        Expect.Errors("""
            public static class Users
            {
                [Cached("own", Ttl = 61)] public static Task<int> One(int id) { return Task.FromResult(id); }
                [Cached("local", Ttl = 61)] public static Task<int> Two(int id) { return Task.FromResult(id); }
                [Cached("inherited", Ttl = 61)] public static Task<int> Three(int id) { return Task.FromResult(id); }
                [Cached("known", Ttl = 61)] public static Task<int> Four(int id) { return Task.FromResult(id); } // OXC015
            }
            """, project: project);
    }

    [Fact]
    public void OXC015_a_file_that_is_not_there()
    {
        using var project = new ProjectFolder(config: null);

        var error = Assert.Single(Weave(project).Errors);

        Assert.StartsWith("OXC015: the configuration that OxcacheConfig names cannot be read: ", error.Text, StringComparison.Ordinal);
        Assert.Equal((project.ConfigFile, 1), (error.File, error.Line));
    }

    [Fact]
    public void Everything_that_TOML_has_can_stand_in_the_file()
    {
        using var project = new ProjectFolder("""
            other = { text = "\u00e4\U0001F600\t", literal = 'x', date = 1979-05-27T07:32:00.999-07:00, time = 07:32:00, hex = 0xFF, float = 1e3, none = nan }
            list = [ 1, 2, [ "three" ] ]
            later = {
                escapes = "\e\x41", # of TOML 1.1
                time = 07:32,
            }
            multi = '''
            lines'''
            [[tables]]
            [services."a"]
            """);

        Assert.Empty(Weave(project).Errors);
    }

    [Fact]
    public void A_project_without_a_configuration_is_not_checked() =>
        Assert.Empty(WeaverRunner.Weave("""public static class Users { [Cached("any")] public static Task<int> Get(int id) => Task.FromResult(id); }""").Errors);

    private static WeaveResult Weave(ProjectFolder project) => WeaverRunner.Weave(
        """
        public static class Users
        {
            [Cached("a")] public static Task<int> Get(int id) { return Task.FromResult(id); }
        }
        """, project: project);
}
