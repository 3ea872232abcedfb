using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using Oxcaching.Fody.Find;
using Oxcaching.Fody.Keys;
using Oxcaching.Fody.Move;

namespace Oxcaching.Fody.Wrap;

/// <summary>Makes the struct that keeps a call while the cache has no answer, and runs the moved body when it is told to.</summary>
internal sealed class CallHolderBuilder
{
    private const string ThisField = "<>this";
    private const string SiteField = "Site";

    private readonly MethodDefinition _method;
    private readonly MethodDefinition _moved;
    private readonly CachedSettings _settings;
    private readonly List<ParameterDefinition>? _front;
    private readonly RuntimeReferences _references;
    private readonly TypeDefinition _type;
    private readonly GenericRemapper _remapper;
    private readonly CallHolder _holder;

    public CallHolderBuilder(
        string name,
        MethodDefinition method,
        MethodDefinition moved,
        CachedSettings settings,
        List<ParameterDefinition>? front,
        RuntimeReferences references)
    {
        _front = front;
        _method = method;
        _moved = moved;
        _settings = settings;
        _references = references;

        // Without a namespace, as every nested type; with one, the runtime refuses to load it.
        const TypeAttributes attributes = TypeAttributes.NestedPrivate | TypeAttributes.Sealed | TypeAttributes.SequentialLayout
            | TypeAttributes.BeforeFieldInit;
        _type = new TypeDefinition("", name, attributes, references.ValueType);
        _remapper = GenericParameters.Copy(method.DeclaringType.GenericParameters.Concat(method.GenericParameters), _type);
        _holder = new CallHolder(_type, _remapper.Remap(Signatures.ResultOf(method.ReturnType)));
    }

    public CallHolder Build()
    {
        _references.MarkAsGenerated(_type);
        _method.DeclaringType.NestedTypes.Add(_type);
        AddFields();
        AddInvoke();
        AddSite();
        return _holder;
    }

    private IEnumerable<GenericParameter> TypeArguments => _type.GenericParameters.Take(_method.DeclaringType.GenericParameters.Count);

    private IEnumerable<GenericParameter> MethodArguments => _type.GenericParameters.Skip(_method.DeclaringType.GenericParameters.Count);

    private TypeReference Self => GenericParameters.CloseOver(_type, _type.GenericParameters);

    private void AddFields()
    {
        if (_method.HasThis)
        {
            _holder.This = AddField(ThisField, GenericParameters.CloseOver(_method.DeclaringType, TypeArguments));
        }

        var token = Signatures.FlightToken(_method);
        foreach (var parameter in _method.Parameters)
        {
            _holder.Arguments.Add(parameter == token
                ? null
                : AddField($"{parameter.Index}_{parameter.Name}", _remapper.Remap(Signatures.WithoutModifiers(parameter.ParameterType))));
        }
    }

    private FieldDefinition AddField(string name, TypeReference type)
    {
        var field = new FieldDefinition(name, FieldAttributes.Public, type);
        _type.Fields.Add(field);
        return field;
    }

    private FieldReference OnSelf(FieldDefinition field) => RuntimeReferences.OnInstance(field, Self);

    private void AddInvoke()
    {
        _type.Interfaces.Add(new InterfaceImplementation(RuntimeReferences.InstanceOf(_references.CachedCall, _holder.Result)));
        const MethodAttributes attributes = MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.NewSlot
            | MethodAttributes.Virtual | MethodAttributes.Final;
        var returnType = RuntimeReferences.InstanceOf(_references.ValueTask, _holder.Result);
        var invoke = new MethodDefinition(KnownNames.InvokeAsync, attributes, returnType) { HasThis = true };
        var flight = new ParameterDefinition("cancellationToken", ParameterAttributes.None, _references.CancellationToken);
        invoke.Parameters.Add(flight);
        _references.HideFromStackTraces(invoke);

        var il = invoke.Body.GetILProcessor();
        if (_holder.This is { } self)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(_method.DeclaringType.IsValueType ? OpCodes.Ldflda : OpCodes.Ldfld, OnSelf(self));
        }

        foreach (var argument in _holder.Arguments)
        {
            if (argument is null)
            {
                il.Emit(OpCodes.Ldarg, flight);
            }
            else
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldfld, OnSelf(argument));
            }
        }

        il.Emit(OpCodes.Call, MovedMethod());
        if (!Signatures.IsValueTask(_method.ReturnType))
        {
            il.Emit(OpCodes.Newobj, _references.ValueTaskOfTask(_holder.Result));
        }

        il.Emit(OpCodes.Ret);
        invoke.Body.OptimizeMacros();
        _type.Methods.Add(invoke);
    }

    private MethodReference MovedMethod()
    {
        var declaring = GenericParameters.CloseOver(_method.DeclaringType, TypeArguments);
        return RuntimeReferences.Instantiate(RuntimeReferences.OnInstance(_moved, declaring), MethodArguments);
    }

    private void AddSite()
    {
        var compared = _front?.ConvertAll(parameter => _remapper.Remap(Signatures.WithoutModifiers(parameter.ParameterType)));
        var shape = new Site(_references, _holder.Result, compared);
        var site = new FieldDefinition(SiteField, FieldAttributes.Public | FieldAttributes.Static | FieldAttributes.InitOnly, shape.Type);
        _type.Fields.Add(site);
        _holder.Site = site;

        const MethodAttributes attributes = MethodAttributes.Private | MethodAttributes.HideBySig | MethodAttributes.Static
            | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName;
        var initializer = new MethodDefinition(KnownNames.StaticConstructor, attributes, _references.Module.TypeSystem.Void);
        var il = initializer.Body.GetILProcessor();
        il.Emit(OpCodes.Ldstr, _settings.Service);
        il.Emit(OpCodes.Ldstr, $"{TypeNames.Of(_method.DeclaringType)}.{_method.Name}");
        il.Emit(OpCodes.Ldc_I4, _settings.Ttl);
        il.Emit(OpCodes.Ldc_I4, _settings.CacheType);
        il.Emit(OpCodes.Ldc_I4, _settings.CacheNull ? 1 : 0);
        il.Emit(OpCodes.Newobj, shape.Constructor);
        il.Emit(OpCodes.Stsfld, OnSelf(site));
        il.Emit(OpCodes.Ret);
        initializer.Body.OptimizeMacros();
        _type.Methods.Add(initializer);
    }
}
