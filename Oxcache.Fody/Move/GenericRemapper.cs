using Mono.Cecil;

namespace Oxcaching.Fody.Move;

/// <summary>Rewrites types in terms of other generic parameters or of type arguments.</summary>
internal sealed class GenericRemapper
{
    private readonly Dictionary<GenericParameter, TypeReference> _map = new();
    private readonly Func<TypeReference, TypeReference> _import;

    public GenericRemapper()
        : this(type => type)
    {
    }

    /// <summary>Rewrites types of another module.</summary>
    public GenericRemapper(Func<TypeReference, TypeReference> import) => _import = import;

    public void Add(GenericParameter from, TypeReference to) => _map.Add(from, to);

    public TypeReference Remap(TypeReference type)
    {
        switch (type)
        {
            case GenericParameter parameter:
                return _map.TryGetValue(parameter, out var mapped) ? mapped : parameter;
            case GenericInstanceType instance:
                return RemapInstance(instance);
            case ArrayType array:
                return RemapArray(array);
            case ByReferenceType reference:
                return new ByReferenceType(Remap(reference.ElementType));
            case PointerType pointer:
                return new PointerType(Remap(pointer.ElementType));
            case RequiredModifierType required:
                return new RequiredModifierType(Remap(required.ModifierType), Remap(required.ElementType));
            case OptionalModifierType optional:
                return new OptionalModifierType(Remap(optional.ModifierType), Remap(optional.ElementType));
            case FunctionPointerType function:
                return RemapFunction(function);
            default:
                return _import(type);
        }
    }

    private GenericInstanceType RemapInstance(GenericInstanceType instance)
    {
        var remapped = new GenericInstanceType(_import(instance.ElementType));
        foreach (var argument in instance.GenericArguments)
        {
            remapped.GenericArguments.Add(Remap(argument));
        }

        return remapped;
    }

    private ArrayType RemapArray(ArrayType array)
    {
        var remapped = new ArrayType(Remap(array.ElementType), array.Rank);
        if (!array.IsVector)
        {
            for (var i = 0; i < array.Rank; i++)
            {
                remapped.Dimensions[i] = array.Dimensions[i];
            }
        }

        return remapped;
    }

    private FunctionPointerType RemapFunction(FunctionPointerType function)
    {
        var remapped = new FunctionPointerType
        {
            HasThis = function.HasThis,
            ExplicitThis = function.ExplicitThis,
            CallingConvention = function.CallingConvention,
            ReturnType = Remap(function.ReturnType),
        };
        foreach (var parameter in function.Parameters)
        {
            remapped.Parameters.Add(new ParameterDefinition(Remap(parameter.ParameterType)));
        }

        return remapped;
    }
}
