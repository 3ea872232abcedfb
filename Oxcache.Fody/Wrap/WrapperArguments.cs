using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Oxcaching.Fody.Wrap;

/// <summary>The arguments as the woven method itself has them.</summary>
internal sealed class WrapperArguments : KeyArguments
{
    private readonly MethodDefinition _method;

    public WrapperArguments(MethodDefinition method) => _method = method;

    public override TypeReference Load(ILProcessor il, ParameterDefinition parameter)
    {
        il.Emit(OpCodes.Ldarg, parameter);
        return Signatures.WithoutModifiers(parameter.ParameterType);
    }

    /// <summary>The key was planned before the method's own parameters moved away with its body.</summary>
    public override GenericParameter Own(GenericParameter planned) =>
        (planned.Type == GenericParameterType.Method ? _method.GenericParameters : _method.DeclaringType.GenericParameters)[planned.Position];
}
