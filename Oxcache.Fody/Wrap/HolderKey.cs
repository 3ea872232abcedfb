using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using Oxcaching.Fody.Keys;

namespace Oxcaching.Fody.Wrap;

/// <summary>Lets the struct of a call tell its key, so that a key can be known without making the call.</summary>
internal static class HolderKey
{
    public static void Write(List<KeyPart> parts, CallHolder holder, MethodDefinition method, RuntimeReferences references)
    {
        const MethodAttributes attributes = MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.NewSlot
            | MethodAttributes.Virtual | MethodAttributes.Final;
        var build = new MethodDefinition(KnownNames.BuildKey, attributes, references.KeyBuilder) { HasThis = true };
        holder.Type.Interfaces.Add(new InterfaceImplementation(references.CachedKey));
        holder.Type.Methods.Add(build);

        var key = new VariableDefinition(references.KeyBuilder);
        build.Body.Variables.Add(key);
        var il = build.Body.GetILProcessor();
        new KeyEmitter(il, key, new HolderArguments(holder, method), references).Emit(parts);
        il.Emit(OpCodes.Ldloc, key);
        il.Emit(OpCodes.Ret);
        build.Body.OptimizeMacros();
    }
}
