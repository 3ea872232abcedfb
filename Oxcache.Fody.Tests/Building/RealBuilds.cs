namespace Oxcaching.Fody.Tests.Building;

public class RealBuilds
{
    private const string Good = """
        Console.WriteLine(await Users.GetAsync(1));

        public static class Users
        {
            [Cached("users")]
            public static async Task<string> GetAsync(long id) { await Task.Yield(); return $"user {id}"; }
        }
        """;

    private const string ThreeMistakes = """
        Console.WriteLine(await Users.GetAsync(1));

        public static class Users
        {
            [Cached("users", Ttl = -1)]
            public static async Task<string> GetAsync(long id) { await Task.Yield(); return $"user {id}"; }

            [Cached]
            public static int Count() { return 1; }
        }

        public interface IUsers
        {
            [Cached]
            Task<int> GetAsync(int id);
        }
        """;

    private static readonly string[] PlacedMistakes = ["Program.cs(6): OXC007", "Program.cs(9): OXC001"];

    [Fact]
    public void A_failed_weave_fails_again_when_nothing_has_changed_and_passes_once_it_is_mended()
    {
        using var project = new TemporaryProject(ThreeMistakes);

        var first = project.Build();
        var second = project.Build("--no-restore");
        project.Write("Program.cs", Good);
        var third = project.Build("--no-restore");

        Assert.Equal(PlacedMistakes, first.WeaverErrors);
        Assert.Equal(1, first.ExitCode);
        Assert.Equal(PlacedMistakes, second.WeaverErrors);
        Assert.Equal(1, second.ExitCode);
        Assert.All([first, second], build => Assert.Contains("OXC002: [Cached] on IUsers.GetAsync(int)", build.Output, StringComparison.Ordinal));
        Assert.True(third.ExitCode == 0, third.Output);
    }

    [Fact]
    public void A_build_says_what_it_wove_and_the_next_one_weaves_again_only_if_something_has_changed()
    {
        using var project = new TemporaryProject(Good);

        var first = project.Build("-v:normal");
        var second = project.Build("-v:normal", "--no-restore");
        project.RenewWeaver();
        var third = project.Build("-v:normal", "--no-restore");

        Assert.True(first.ExitCode == 0, first.Output);
        Assert.Matches(@"Oxcache: wove 1 method in 1 service, \d+ ms", first.Output);
        Assert.True(second.ExitCode == 0, second.Output);
        Assert.DoesNotContain("Oxcache: wove", second.Output, StringComparison.Ordinal);
        Assert.Contains("Oxcache: wove", third.Output, StringComparison.Ordinal);
    }
}
