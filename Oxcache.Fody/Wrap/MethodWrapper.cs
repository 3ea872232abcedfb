using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using Oxcaching.Fody.Move;
using Oxcaching.Fody.Validate;

namespace Oxcaching.Fody.Wrap;

/// <summary>
/// Weaves one method: moves its body away, and writes in its place the code that builds the key, asks L1, and on a miss hands
/// the call to the runtime.
/// </summary>
internal sealed class MethodWrapper
{
    private readonly MethodPlan _plan;
    private readonly MethodDefinition _method;
    private readonly List<ParameterDefinition>? _front;
    private readonly RuntimeReferences _references;

    public MethodWrapper(MethodPlan plan, RuntimeReferences references)
    {
        _plan = plan;
        _method = plan.Method;
        _front = FrontPlan.Of(plan.Key);
        _references = references;
    }

    public void Wrap()
    {
        var number = _method.DeclaringType.Methods.IndexOf(_method);
        var moved = BodyMover.Move(_method, $"<{_method.Name}>g__Uncached|{number}", _references);
        var holder = new CallHolderBuilder($"<{_method.Name}>Call|{number}", _method, moved, _plan.Settings, _front, _references).Build();
        HolderKey.Write(_plan.Key, holder, _method, _references);
        WriteWrapper(holder);
        _references.HideFromStackTraces(_method);
    }

    private void WriteWrapper(CallHolder holder)
    {
        var body = _method.Body;
        var il = body.GetILProcessor();
        var holderType = GenericParameters.CloseOver(holder.Type, _method.DeclaringType.GenericParameters.Concat(_method.GenericParameters));
        var result = Signatures.ResultOf(_method.ReturnType);
        var isValueTask = Signatures.IsValueTask(_method.ReturnType);
        var key = AddVariable(_references.KeyBuilder);
        var hit = AddVariable(_method.ReturnType);
        var call = AddVariable(holderType);
        var site = RuntimeReferences.OnInstance(holder.Site!, holderType);
        var compared = _front?.ConvertAll(parameter => Signatures.WithoutModifiers(parameter.ParameterType));
        var lookup = new LookupEmitter(il, new Site(_references, result, compared), site, hit, isValueTask);

        // The key builder's constructor sets all that is read of it; its buffer need not be cleared.
        body.InitLocals = false;
        var arguments = _front is null ? null : lookup.AskFront(_front);
        new KeyEmitter(il, key, new WrapperArguments(_method), _references).Emit(_plan.Key);
        lookup.AskL1(key, arguments);

        il.Emit(OpCodes.Ldloca, call);
        il.Emit(OpCodes.Initobj, holderType);
        EmitArguments(il, holder, holderType, call);
        il.Emit(OpCodes.Ldsfld, site);
        il.Emit(OpCodes.Ldloca, key);
        il.Emit(OpCodes.Ldloc, call);
        EmitToken(il);
        var invoke = isValueTask ? KnownNames.InvokeAsValueTask : KnownNames.InvokeAsTask;
        il.Emit(OpCodes.Callvirt, _references.SiteMethod(invoke, result, holderType));
        il.Emit(OpCodes.Ret);
        body.OptimizeMacros();
    }

    private void EmitArguments(ILProcessor il, CallHolder holder, TypeReference holderType, VariableDefinition call)
    {
        if (holder.This is { } self)
        {
            il.Emit(OpCodes.Ldloca, call);
            il.Emit(OpCodes.Ldarg_0);
            if (_method.DeclaringType.IsValueType)
            {
                il.Emit(OpCodes.Ldobj, GenericParameters.CloseOver(_method.DeclaringType, _method.DeclaringType.GenericParameters));
            }

            il.Emit(OpCodes.Stfld, RuntimeReferences.OnInstance(self, holderType));
        }

        foreach (var parameter in _method.Parameters)
        {
            if (holder.Arguments[parameter.Index] is { } argument)
            {
                il.Emit(OpCodes.Ldloca, call);
                il.Emit(OpCodes.Ldarg, parameter);
                il.Emit(OpCodes.Stfld, RuntimeReferences.OnInstance(argument, holderType));
            }
        }
    }

    private void EmitToken(ILProcessor il)
    {
        if (Signatures.FlightToken(_method) is { } token)
        {
            il.Emit(OpCodes.Ldarg, token);
            return;
        }

        var none = AddVariable(_references.CancellationToken);
        il.Emit(OpCodes.Ldloca, none);
        il.Emit(OpCodes.Initobj, _references.CancellationToken);
        il.Emit(OpCodes.Ldloc, none);
    }

    private VariableDefinition AddVariable(TypeReference type)
    {
        var variable = new VariableDefinition(type);
        _method.Body.Variables.Add(variable);
        return variable;
    }
}
