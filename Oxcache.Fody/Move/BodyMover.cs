using Mono.Cecil;
using Mono.Cecil.Cil;
using Oxcaching.Fody.Wrap;

namespace Oxcaching.Fody.Move;

/// <summary>
/// Moves the body of a method to a new private method of the same type. The new method takes the original instructions and the
/// original generic parameters, so that nothing in the body has to be rewritten; the old one gets copies of the parameters.
/// </summary>
internal static class BodyMover
{
    private const MethodImplAttributes RuntimeAsync = (MethodImplAttributes)0x2000;

    public static MethodDefinition Move(MethodDefinition method, string name, RuntimeReferences references)
    {
        var attributes = MethodAttributes.Private | MethodAttributes.HideBySig | (method.Attributes & MethodAttributes.Static);
        var moved = new MethodDefinition(name, attributes, method.ReturnType)
        {
            HasThis = method.HasThis,
            ImplAttributes = method.ImplAttributes,
        };

        // What Cecil reads on demand it must read while the generic parameters are still where it expects them.
        var body = method.Body;
        foreach (var parameter in method.Parameters)
        {
            moved.Parameters.Add(new ParameterDefinition(parameter.Name, ParameterAttributes.None, parameter.ParameterType));
        }

        MoveGenericParameters(method, moved);
        MoveBody(body, moved);
        DebugInfoMover.Move(method, moved);
        MoveAttributes(method, moved);
        references.MarkAsGenerated(moved);
        method.DeclaringType.Methods.Add(moved);

        method.Body = new MethodBody(method);
        method.ImplAttributes &= ~(RuntimeAsync | MethodImplAttributes.AggressiveOptimization);
        return moved;
    }

    private static void MoveGenericParameters(MethodDefinition method, MethodDefinition moved)
    {
        if (!method.HasGenericParameters)
        {
            return;
        }

        var originals = method.GenericParameters.ToList();
        foreach (var original in originals)
        {
            // A constraint that names another parameter, and is read later, would find the copy.
            _ = original.Constraints.Count;
        }

        method.GenericParameters.Clear();
        var remapper = GenericParameters.Copy(originals, method);
        foreach (var original in originals)
        {
            moved.GenericParameters.Add(original);
        }

        method.ReturnType = remapper.Remap(method.ReturnType);
        foreach (var parameter in method.Parameters)
        {
            parameter.ParameterType = remapper.Remap(parameter.ParameterType);
        }
    }

    private static void MoveBody(MethodBody from, MethodDefinition moved)
    {
        var to = moved.Body;
        to.InitLocals = from.InitLocals;
        to.MaxStackSize = from.MaxStackSize;
        var variables = from.Variables.ToList();
        from.Variables.Clear();
        variables.ForEach(to.Variables.Add);
        foreach (var handler in from.ExceptionHandlers)
        {
            to.ExceptionHandlers.Add(handler);
        }

        var instructions = from.Instructions.ToList();
        foreach (var instruction in instructions)
        {
            if (instruction.Operand is ParameterDefinition parameter)
            {
                instruction.Operand = parameter == from.ThisParameter ? to.ThisParameter : moved.Parameters[parameter.Index];
            }
        }

        // The same objects, for sequence points and scopes are bound to them.
        instructions.ForEach(to.Instructions.Add);
    }

    private static void MoveAttributes(MethodDefinition method, MethodDefinition moved)
    {
        var attributes = method.CustomAttributes.Where(attribute => attribute.AttributeType.FullName
            is KnownNames.AsyncStateMachineAttribute or KnownNames.DebuggerStepThroughAttribute);
        foreach (var attribute in attributes.ToList())
        {
            method.CustomAttributes.Remove(attribute);
            moved.CustomAttributes.Add(attribute);
        }
    }
}
