using Mono.Cecil;
using Oxcaching.Fody.Find;

namespace Oxcaching.Fody.Wrap;

/// <summary>What woven code refers to, imported once for a module.</summary>
internal sealed class RuntimeReferences
{
    private readonly RuntimeAssembly _runtime;
    private readonly Dictionary<string, MethodReference> _keyMethods = new(StringComparer.Ordinal);
    private readonly MethodReference _compilerGenerated;
    private readonly MethodReference _stackTraceHidden;

    public RuntimeReferences(ModuleDefinition module, RuntimeAssembly runtime)
    {
        _runtime = runtime;
        Module = module;
        KeyBuilder = module.ImportReference(runtime.KeyBuilder);
        CachedMethod = module.ImportReference(runtime.CachedMethod);
        CachedCall = module.ImportReference(runtime.CachedCall);
        CachedKey = module.ImportReference(runtime.CachedKey);
        FrontedMethod = module.ImportReference(runtime.FrontedMethod);
        CancellationToken = Core(KnownNames.CancellationToken, isValueType: true);
        ValueType = Core(KnownNames.ValueType);
        Exception = Core(KnownNames.Exception);
        Task = CoreGeneric(KnownNames.Task, isValueType: false);
        ValueTask = CoreGeneric(KnownNames.ValueTask, isValueType: true);
        _compilerGenerated = AttributeConstructor(KnownNames.CompilerGeneratedAttribute);
        _stackTraceHidden = AttributeConstructor(KnownNames.StackTraceHiddenAttribute);
    }

    public ModuleDefinition Module { get; }

    public TypeReference KeyBuilder { get; }

    public TypeReference CachedMethod { get; }

    public TypeReference CachedCall { get; }

    public TypeReference CachedKey { get; }

    public TypeReference FrontedMethod { get; }

    public TypeReference CancellationToken { get; }

    public TypeReference ValueType { get; }

    public TypeReference Exception { get; }

    public TypeReference Task { get; }

    public TypeReference ValueTask { get; }

    public void MarkAsGenerated(ICustomAttributeProvider provider) => provider.CustomAttributes.Add(new CustomAttribute(_compilerGenerated));

    public void HideFromStackTraces(MethodDefinition method)
    {
        if (method.CustomAttributes.All(attribute => attribute.AttributeType.FullName != KnownNames.StackTraceHiddenAttribute))
        {
            method.CustomAttributes.Add(new CustomAttribute(_stackTraceHidden));
        }
    }

    /// <summary>A method of the key builder; of overloads the one that is not generic, unless type arguments are given.</summary>
    public MethodReference KeyMethod(string name, params TypeReference[] arguments)
    {
        var id = $"{name}`{arguments.Length}";
        if (!_keyMethods.TryGetValue(id, out var method))
        {
            method = Module.ImportReference(_runtime.KeyBuilder.Methods.First(
                candidate => candidate.Name == name && candidate.GenericParameters.Count == arguments.Length));
            _keyMethods.Add(id, method);
        }

        return arguments.Length == 0 ? method : Instantiate(method, arguments);
    }

    /// <summary>A method of <c>CachedMethod&lt;T&gt;</c> for one T.</summary>
    public MethodReference SiteMethod(string name, TypeReference result, params TypeReference[] arguments)
    {
        var open = Module.ImportReference(_runtime.CachedMethod.Methods.First(method => method.Name == name));
        var closed = OnInstance(open, InstanceOf(CachedMethod, result));
        return arguments.Length == 0 ? closed : Instantiate(closed, arguments);
    }

    /// <summary>The struct of a front's arguments.</summary>
    public TypeReference FrontArguments(IReadOnlyCollection<TypeReference> types)
    {
        var open = Module.ImportReference(_runtime.FrontArguments(types.Count));
        return types.Count == 0 ? open : InstanceOf(open, types.ToArray());
    }

    /// <summary>A method of a runtime type, told by its name and the number of its parameters, on an instance of that type.</summary>
    public MethodReference Method(TypeReference open, string name, int parameters, TypeReference instance) =>
        OnInstance(
            Module.ImportReference(open.Resolve().Methods.First(method => method.Name == name && method.Parameters.Count == parameters && !method.IsStatic)),
            instance);

    /// <summary>The constructor that makes a <c>ValueTask&lt;T&gt;</c> of a <c>Task&lt;T&gt;</c>.</summary>
    public MethodReference ValueTaskOfTask(TypeReference result)
    {
        var constructor = new MethodReference(KnownNames.Constructor, Module.TypeSystem.Void, InstanceOf(ValueTask, result)) { HasThis = true };
        constructor.Parameters.Add(new ParameterDefinition(InstanceOf(Task, ValueTask.GenericParameters[0])));
        return constructor;
    }

    public static GenericInstanceType InstanceOf(TypeReference type, params TypeReference[] arguments)
    {
        var instance = new GenericInstanceType(type);
        foreach (var argument in arguments)
        {
            instance.GenericArguments.Add(argument);
        }

        return instance;
    }

    public static MethodReference Instantiate(MethodReference method, IEnumerable<TypeReference> arguments)
    {
        var instance = new GenericInstanceMethod(method);
        foreach (var argument in arguments)
        {
            instance.GenericArguments.Add(argument);
        }

        return instance.GenericArguments.Count == 0 ? method : instance;
    }

    /// <summary>The same method, on one instance of its generic type.</summary>
    public static MethodReference OnInstance(MethodReference method, TypeReference type)
    {
        if (type == method.DeclaringType)
        {
            return method;
        }

        var reference = new MethodReference(method.Name, method.ReturnType, type)
        {
            HasThis = method.HasThis,
            ExplicitThis = method.ExplicitThis,
            CallingConvention = method.CallingConvention,
        };
        foreach (var parameter in method.GenericParameters)
        {
            reference.GenericParameters.Add(new GenericParameter(parameter.Name, reference));
        }

        foreach (var parameter in method.Parameters)
        {
            reference.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        }

        return reference;
    }

    /// <summary>A field, on one instance of its generic type.</summary>
    public static FieldReference OnInstance(FieldDefinition field, TypeReference type) =>
        type == field.DeclaringType ? field : new FieldReference(field.Name, field.FieldType, type);

    private TypeReference Core(string fullName, bool isValueType = false)
    {
        var dot = fullName.LastIndexOf('.');
        var core = Module.TypeSystem.CoreLibrary;
        return new TypeReference(fullName.Substring(0, dot), fullName.Substring(dot + 1), Module, core, isValueType);
    }

    private TypeReference CoreGeneric(string fullName, bool isValueType)
    {
        var type = Core(fullName, isValueType);
        type.GenericParameters.Add(new GenericParameter("TResult", type));
        return type;
    }

    private MethodReference AttributeConstructor(string fullName) =>
        new(KnownNames.Constructor, Module.TypeSystem.Void, Core(fullName)) { HasThis = true };
}
