using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Weaving;

/// <summary>The corpus, compiled in memory. RuntimeAsyncBuilds has it with the async of the runtime.</summary>
public class EveryShape
{
    public static TheoryData<string, Build> All
    {
        get
        {
            var all = new TheoryData<string, Build>();
            foreach (var name in Corpus.Names)
            {
                all.Add(name, Build.Debug);
                all.Add(name, Build.Release);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Runs_its_body_once_for_two_calls(string file, Build build)
    {
        var scenario = Woven.Load(Corpus.Source(file), build).GetTypes().Single(type => type.Name == "Scenario");

        var told = await scenario.GetMethod("Run")!.CreateDelegate<Func<Task<string>>>()();

        Assert.Equal(Corpus.Expected(file).Split('|', StringSplitOptions.TrimEntries), told.Split('|', StringSplitOptions.TrimEntries));
    }
}
