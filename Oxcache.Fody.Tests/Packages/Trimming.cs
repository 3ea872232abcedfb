using System.Globalization;
using Oxcaching.Fody.Tests.Building;

namespace Oxcaching.Fody.Tests.Packages;

[Collection(PackageTests.Name)]
public class Trimming(PackageFeed feed)
{
    private const string Properties = "<PublishTrimmed>true</PublishTrimmed><SelfContained>true</SelfContained>";

    private const string Program = """
        using System.Text.Json;
        using System.Text.Json.Serialization;

        var options = OxcacheOptions.Load("config.toml");
        if (args.Length > 0)
        {
            options.JsonSerializerOptions = new JsonSerializerOptions { TypeInfoResolver = CachedTypes.Default };
        }

        await Oxcache.InitAsync(options);
        var user = await Users.GetAsync(42);
        await Oxcache.GetClient("users").SetL2OnlyAsync("by_hand", user);
        var read = await Oxcache.GetClient("users").GetAsync<User>("by_hand");
        Console.WriteLine($"method: {user}, L2: {read?.ToString() ?? "nothing"}");
        await Oxcache.ShutdownAsync();

        public sealed record User(long Id, string Name);

        [JsonSerializable(typeof(User))]
        public sealed partial class CachedTypes : JsonSerializerContext;

        public static class Users
        {
            [Cached("users", Key = "user_{id}")]
            public static async Task<User> GetAsync(long id)
            {
                await Task.Yield();
                return new User(id, "name");
            }
        }
        """;

    [Fact]
    public void A_trimmed_application_uses_its_JsonSerializerContext_and_without_one_is_told_how_to_get_L2()
    {
        using var server = GarnetServer.Start();
        var project = new FreshProject(feed, "trimmed", Properties, program: Program);
        project.Write("config.toml", string.Create(CultureInfo.InvariantCulture, $"[services.users.l2]\nconnection_string = \"redis://127.0.0.1:{server.Port}\"\n"));

        var publish = project.Dotnet("publish", "-nologo", "-tl:off", "-nodeReuse:false", "--use-current-runtime", "-o", "out");
        Assert.True(publish.ExitCode == 0, publish.Output);
        Assert.All(
            publish.Output.Split('\n').Where(line => line.Contains("warning", StringComparison.Ordinal)),
            line => Assert.Contains("StackExchange.Redis", line, StringComparison.Ordinal)); // 1.2.6 is older than trimming
        var executable = project.PathOf("out", OperatingSystem.IsWindows() ? "App.exe" : "App");
        var without = Command.Run(project.PathOf("out"), executable, []);
        var with = Command.Run(project.PathOf("out"), executable, ["context"]);

        Assert.Contains("method: User { Id = 42, Name = name }, L2: nothing", without.Output, StringComparison.Ordinal);
        Assert.Contains("JSON by reflection is switched off in this application", without.Output, StringComparison.Ordinal);
        Assert.Contains("Set OxcacheOptions.JsonSerializerOptions to options whose TypeInfoResolver is a JsonSerializerContext", without.Output, StringComparison.Ordinal);
        Assert.Contains("a value of type User cannot be serialized", without.Output, StringComparison.Ordinal);
        Assert.Equal("method: User { Id = 42, Name = name }, L2: User { Id = 42, Name = name }", with.Output.Trim());
    }
}
