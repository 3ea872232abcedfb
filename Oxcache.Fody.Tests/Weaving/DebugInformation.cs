using System.Diagnostics;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Weaving;

public class DebugInformation
{
    private const string Source = """
        public static class Scenario
        {
            [Cached]
            public static async Task<int> ThrowAsync(int id)
            {
                await Task.Yield();
                throw new InvalidOperationException();
            }

            [Cached]
            public static Task<int> ThrowPlainly(int id)
            {
                if (id > 0)
                {
                    throw new InvalidOperationException();
                }

                return Task.FromResult(id);
            }
        }
        """;

    [Theory]
    [InlineData(Build.Debug, "ThrowAsync", 7)]
    [InlineData(Build.Release, "ThrowAsync", 7)]
    [InlineData(Build.Debug, "ThrowPlainly", 15)]
    [InlineData(Build.Release, "ThrowPlainly", 15)]
    public async Task A_stack_trace_names_the_line_of_the_body_that_threw(Build build, string method, int line)
    {
        var scenario = Woven.Load(Source, build).GetTypes().Single(type => type.Name == "Scenario");
        var call = scenario.GetMethod(method)!.CreateDelegate<Func<int, Task<int>>>();

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => call(1));

        var frame = new StackTrace(thrown, fNeedFileInfo: true).GetFrame(0)!;
        Assert.Equal((SourceCompiler.FileName, line), (frame.GetFileName(), frame.GetFileLineNumber()));
    }

    [Theory, BothBuilds]
    public void The_sequence_points_go_with_the_body_and_the_wrapper_has_none(Build build)
    {
        using var module = Read(build);
        var type = module.GetTypes().Single(type => type.Name == "Scenario");
        var wrapper = type.Methods.Single(method => method.Name == "ThrowPlainly");
        var body = type.Methods.Single(method => method.Name.StartsWith("<ThrowPlainly>", StringComparison.Ordinal));

        Assert.Empty(wrapper.DebugInformation.SequencePoints);
        Assert.Contains(body.DebugInformation.SequencePoints, point => point.StartLine == 15);
        Assert.All(body.DebugInformation.SequencePoints, point => Assert.Equal(SourceCompiler.FileName, point.Document.Url));
    }

    [Theory, BothBuilds]
    public void The_state_machine_belongs_to_the_moved_body(Build build)
    {
        using var module = Read(build);
        var type = module.GetTypes().Single(type => type.Name == "Scenario");
        var wrapper = type.Methods.Single(method => method.Name == "ThrowAsync");
        var body = type.Methods.Single(method => method.Name.StartsWith("<ThrowAsync>g__", StringComparison.Ordinal));
        var machine = type.NestedTypes.Single(nested => nested.Name.StartsWith("<ThrowAsync>d__", StringComparison.Ordinal));
        var moveNext = machine.Methods.Single(method => method.Name == "MoveNext");

        Assert.Same(body, moveNext.DebugInformation.StateMachineKickOffMethod);
        Assert.Contains(moveNext.CustomDebugInformations, information => information is AsyncMethodBodyDebugInformation);
        Assert.Contains(body.CustomAttributes, attribute => attribute.AttributeType.Name == "AsyncStateMachineAttribute");
        Assert.DoesNotContain(wrapper.CustomAttributes, attribute => attribute.AttributeType.Name == "AsyncStateMachineAttribute");
    }

    [Fact]
    public void Names_of_locals_go_with_the_body()
    {
        var woven = WeaverRunner.Weave("""
            public static class Scenario
            {
                [Cached]
                public static Task<int> Get(int id)
                {
                    var doubled = id * 2;
                    return Task.FromResult(doubled);
                }
            }
            """);
        using var module = Read(woven.Assembly);
        var body = module.GetTypes().Single(type => type.Name == "Scenario").Methods.Single(method => method.Name.StartsWith('<'));

        Assert.Contains(body.DebugInformation.GetScopes(), scope => scope.Variables.Any(variable => variable.Name == "doubled"));
    }

    private static ModuleDefinition Read(Build build) => Read(WeaverRunner.Weave(Source, build).Assembly);

    private static ModuleDefinition Read(byte[] assembly) => ModuleDefinition.ReadModule(new MemoryStream(assembly), new ReaderParameters
    {
        ReadSymbols = true,
        SymbolReaderProvider = new EmbeddedPortablePdbReaderProvider(),
    });
}
