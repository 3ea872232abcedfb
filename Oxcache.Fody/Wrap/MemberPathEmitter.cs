using Mono.Cecil;
using Mono.Cecil.Cil;
using Oxcaching.Fody.Keys;

namespace Oxcaching.Fody.Wrap;

/// <summary>
/// Writes the instructions that read <c>{request.Tenant.Id}</c>. A null on the way leaves the text empty, and what a property
/// throws costs the key, not the call.
/// </summary>
internal sealed class MemberPathEmitter
{
    private readonly ILProcessor _il;
    private readonly RuntimeReferences _references;
    private readonly Instruction _end;
    private Instruction? _before;

    public MemberPathEmitter(ILProcessor il, RuntimeReferences references)
    {
        _il = il;
        _references = references;
        _end = il.Create(OpCodes.Nop);
    }

    public void Begin() => _before = _il.Body.Instructions[_il.Body.Instructions.Count - 1];

    /// <summary>Follows the path from the value on the stack; leaves when there is a null before its end.</summary>
    public VariableDefinition Read(TypeReference type, IEnumerable<string> names)
    {
        var value = Store(type);
        foreach (var name in names)
        {
            value = TypeFacts.NullableArgument(value.VariableType) is { } underlying && name != KnownNames.HasValue
                ? Unwrap(value, underlying)
                : LeaveIfNull(value);
            value = name == KnownNames.Value && TypeFacts.NullableArgument(type) is not null ? value : Get(value, name);
            type = value.VariableType;
        }

        return value;
    }

    public void End(VariableDefinition key)
    {
        var error = Variable(_references.Exception);
        _il.Emit(OpCodes.Leave, _end);
        var handler = _il.Create(OpCodes.Stloc, error);
        _il.Append(handler);
        _il.Emit(OpCodes.Ldloca, key);
        _il.Emit(OpCodes.Ldloc, error);
        _il.Emit(OpCodes.Call, _references.KeyMethod(KnownNames.Fail));
        _il.Emit(OpCodes.Leave, _end);
        _il.Append(_end);
        _il.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch)
        {
            TryStart = _before!.Next,
            TryEnd = handler,
            HandlerStart = handler,
            HandlerEnd = _end,
            CatchType = _references.Exception,
        });
    }

    private VariableDefinition LeaveIfNull(VariableDefinition value)
    {
        if (value.VariableType is GenericParameter || !value.VariableType.IsValueType)
        {
            var next = _il.Create(OpCodes.Nop);
            _il.Emit(OpCodes.Ldloc, value);
            if (value.VariableType is GenericParameter)
            {
                _il.Emit(OpCodes.Box, value.VariableType);
            }

            _il.Emit(OpCodes.Brtrue, next);
            _il.Emit(OpCodes.Leave, _end);
            _il.Append(next);
        }

        return value;
    }

    private VariableDefinition Unwrap(VariableDefinition nullable, TypeReference underlying)
    {
        var next = _il.Create(OpCodes.Nop);
        _il.Emit(OpCodes.Ldloca, nullable);
        _il.Emit(OpCodes.Call, new MethodReference(KnownNames.GetHasValue, _il.Body.Method.Module.TypeSystem.Boolean, nullable.VariableType) { HasThis = true });
        _il.Emit(OpCodes.Brtrue, next);
        _il.Emit(OpCodes.Leave, _end);
        _il.Append(next);
        _il.Emit(OpCodes.Ldloca, nullable);
        var open = nullable.VariableType.Resolve().GenericParameters[0];
        _il.Emit(OpCodes.Call, new MethodReference(KnownNames.GetValueOrDefault, open, nullable.VariableType) { HasThis = true });
        return Store(underlying);
    }

    private VariableDefinition Get(VariableDefinition value, string name)
    {
        var member = MemberFinder.Find(value.VariableType, name, _il.Body.Method.DeclaringType)!;
        var isByAddress = value.VariableType is GenericParameter || value.VariableType.IsValueType;
        _il.Emit(isByAddress ? OpCodes.Ldloca : OpCodes.Ldloc, value);
        if (member.Field is not null)
        {
            _il.Emit(OpCodes.Ldfld, member.Field);
        }
        else
        {
            if (value.VariableType is GenericParameter || (isByAddress && !member.Getter!.DeclaringType.IsValueType))
            {
                _il.Emit(OpCodes.Constrained, value.VariableType);
            }

            _il.Emit(isByAddress && member.Getter!.DeclaringType.IsValueType ? OpCodes.Call : OpCodes.Callvirt, member.Getter);
        }

        return Store(member.Type);
    }

    private VariableDefinition Store(TypeReference type)
    {
        var variable = Variable(type);
        _il.Emit(OpCodes.Stloc, variable);
        return variable;
    }

    private VariableDefinition Variable(TypeReference type)
    {
        var variable = new VariableDefinition(type);
        _il.Body.Variables.Add(variable);
        return variable;
    }
}
