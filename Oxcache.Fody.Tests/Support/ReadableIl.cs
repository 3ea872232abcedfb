using System.Text;
using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Oxcaching.Fody.Tests.Support;

/// <summary>The IL of a woven method and its call struct as text, without the numbers that the compiler and the weaver give.</summary>
internal static partial class ReadableIl
{
    public static string Of(byte[] assembly, string method)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(assembly));
        var wrapper = module.GetTypes().SelectMany(type => type.Methods).Single(candidate => candidate.Name == method);
        var holder = wrapper.DeclaringType.NestedTypes.Single(type => type.Name.StartsWith($"<{method}>Call", StringComparison.Ordinal));
        var text = new StringBuilder();
        Append(text, wrapper);
        foreach (var member in holder.Methods)
        {
            Append(text, member);
        }

        return Ordinals().Replace(text.ToString().Replace(module.Assembly.Name.Name + ".", "", StringComparison.Ordinal), "$1n");
    }

    private static void Append(StringBuilder text, MethodDefinition method)
    {
        text.Append(method.FullName).Append('\n');
        var targets = method.Body.Instructions.Select(instruction => instruction.Operand).OfType<Instruction>()
            .Concat(method.Body.ExceptionHandlers.SelectMany(handler => new[] { handler.TryStart, handler.HandlerStart, handler.HandlerEnd }))
            .Distinct().OrderBy(instruction => instruction.Offset).ToList();
        foreach (var handler in method.Body.ExceptionHandlers)
        {
            text.Append($"    .try {Label(handler.TryStart)} catch {handler.CatchType.Name} {Label(handler.HandlerStart)} to {Label(handler.HandlerEnd)}\n");
        }

        foreach (var instruction in method.Body.Instructions)
        {
            text.Append(targets.Contains(instruction) ? Label(instruction) + ": " : "    ").Append(instruction.OpCode.Name)
                .Append(instruction.Operand is null ? "" : " " + Operand(instruction.Operand)).Append('\n');
        }

        text.Append('\n');

        string Label(Instruction instruction) => $"L{targets.IndexOf(instruction)}";

        string Operand(object operand) => operand switch
        {
            Instruction target => Label(target),
            string literal => $"\"{literal}\"",
            VariableDefinition variable => variable.VariableType.Name,
            _ => operand.ToString()!,
        };
    }

    [GeneratedRegex(@"(\||>d__)\d+")]
    private static partial Regex Ordinals();
}
