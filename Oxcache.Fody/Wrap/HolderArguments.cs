using Mono.Cecil;
using Mono.Cecil.Cil;
using Oxcaching.Fody.Move;

namespace Oxcaching.Fody.Wrap;

/// <summary>The arguments as the struct of a call keeps them.</summary>
internal sealed class HolderArguments : KeyArguments
{
    private readonly CallHolder _holder;
    private readonly TypeReference _self;
    private readonly int _typeParameters;

    public HolderArguments(CallHolder holder, MethodDefinition method)
    {
        _holder = holder;
        _self = GenericParameters.CloseOver(holder.Type, holder.Type.GenericParameters);
        _typeParameters = method.DeclaringType.GenericParameters.Count;
    }

    public override TypeReference Load(ILProcessor il, ParameterDefinition parameter)
    {
        var field = _holder.Arguments[parameter.Index]!;
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, RuntimeReferences.OnInstance(field, _self));
        return field.FieldType;
    }

    public override GenericParameter Own(GenericParameter planned) =>
        _holder.Type.GenericParameters[planned.Type == GenericParameterType.Method ? _typeParameters + planned.Position : planned.Position];
}
