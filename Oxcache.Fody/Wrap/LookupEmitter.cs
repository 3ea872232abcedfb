using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Oxcaching.Fody.Wrap;

/// <summary>Writes the instructions that return a hit: from the front, where there is one, else from L1 by the key.</summary>
internal sealed class LookupEmitter
{
    private readonly ILProcessor _il;
    private readonly Site _site;
    private readonly FieldReference _field;
    private readonly VariableDefinition _hit;
    private readonly string _tryGet;

    public LookupEmitter(ILProcessor il, Site site, FieldReference field, VariableDefinition hit, bool isValueTask)
    {
        _il = il;
        _site = site;
        _field = field;
        _hit = hit;
        _tryGet = isValueTask ? KnownNames.TryGetValueTask : KnownNames.TryGetTask;
    }

    /// <summary>Keeps the arguments in a variable, and asks the front; goes on behind it on a miss.</summary>
    /// <returns>The variable.</returns>
    public VariableDefinition AskFront(List<ParameterDefinition> parameters)
    {
        var arguments = new VariableDefinition(_site.Arguments);
        _il.Body.Variables.Add(arguments);
        _il.Emit(OpCodes.Ldloca, arguments);
        if (parameters.Count == 0)
        {
            _il.Emit(OpCodes.Initobj, _site.Arguments);
        }
        else
        {
            parameters.ForEach(parameter => _il.Emit(OpCodes.Ldarg, parameter));
            _il.Emit(OpCodes.Call, _site.ArgumentsConstructor);
        }

        _il.Emit(OpCodes.Ldsfld, _field);
        _il.Emit(OpCodes.Ldloca, arguments);
        ReturnHit(_site.AskFront(_tryGet));
        return arguments;
    }

    /// <summary>Asks L1; goes on behind it on a miss.</summary>
    public void AskL1(VariableDefinition key, VariableDefinition? arguments)
    {
        _il.Emit(OpCodes.Ldsfld, _field);
        _il.Emit(OpCodes.Ldloca, key);
        if (arguments is not null)
        {
            _il.Emit(OpCodes.Ldloca, arguments);
        }

        ReturnHit(_site.AskL1(_tryGet));
    }

    private void ReturnHit(MethodReference tryGet)
    {
        var miss = _il.Create(OpCodes.Nop);
        _il.Emit(OpCodes.Ldloca, _hit);
        _il.Emit(OpCodes.Callvirt, tryGet);
        _il.Emit(OpCodes.Brfalse, miss);
        _il.Emit(OpCodes.Ldloc, _hit);
        _il.Emit(OpCodes.Ret);
        _il.Append(miss);
    }
}
