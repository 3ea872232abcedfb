using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Oxcaching.Fody.Tests.Support;

public class IlCheckTests
{
    [Fact]
    public void The_check_finds_a_stack_that_does_not_fit()
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(WeaverRunner.Weave("public static class Users { public static void Run() { } }").Assembly));
        var body = module.GetTypes().SelectMany(type => type.Methods).Single(method => method.Name == "Run").Body;
        body.GetILProcessor().InsertBefore(body.Instructions[0], Instruction.Create(OpCodes.Add));
        using var broken = new MemoryStream();
        module.Write(broken);

        Assert.ThrowsAny<Exception>(() => IlCheck.Verify(broken.ToArray()));
    }
}
