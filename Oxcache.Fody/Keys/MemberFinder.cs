using Mono.Cecil;
using Oxcaching.Fody.Move;

namespace Oxcaching.Fody.Keys;

/// <summary>Finds the properties and fields that a template can name.</summary>
internal static class MemberFinder
{
    /// <summary>A member of a type, as code of another type may use it; null if there is none.</summary>
    public static Member? Find(TypeReference type, string name, TypeDefinition user)
    {
        foreach (var candidate in Lineage(type, user.Module))
        {
            var definition = candidate.Resolve();
            if (definition?.Properties.FirstOrDefault(property => property.Name == name && IsUsable(property, user)) is { } property)
            {
                return OfProperty(property, candidate, user.Module);
            }

            if (definition?.Fields.FirstOrDefault(field => field.Name == name && IsUsable(field, user)) is { } field)
            {
                return OfField(field, candidate, user.Module);
            }
        }

        return null;
    }

    /// <summary>The names that <see cref="Find"/> would find.</summary>
    public static List<string> Names(TypeReference type, TypeDefinition user) => Lineage(type, user.Module)
        .Select(candidate => candidate.Resolve())
        .Where(definition => definition is not null)
        .SelectMany(definition => definition.Properties.Where(property => IsUsable(property, user)).Select(property => property.Name)
            .Concat(definition.Fields.Where(field => IsUsable(field, user)).Select(field => field.Name)))
        .Distinct(StringComparer.Ordinal)
        .ToList();

    /// <summary>The type, its bases and its interfaces, each with the type arguments that it has here.</summary>
    private static IEnumerable<TypeReference> Lineage(TypeReference type, ModuleDefinition module)
    {
        switch (type)
        {
            case IModifierType modified:
                return Lineage(modified.ElementType, module);
            case GenericParameter parameter:
                return parameter.Constraints.SelectMany(constraint => Lineage(constraint.ConstraintType, module));
            case ArrayType:
                return Lineage(new TypeReference("System", "Array", module, module.TypeSystem.CoreLibrary), module);
        }

        var definition = type.Resolve();
        if (definition is null)
        {
            return new[] { type };
        }

        var arguments = TypeArguments.Of(type, module.ImportReference);
        var above = definition.BaseType is { } parent ? new[] { parent } : Enumerable.Empty<TypeReference>();
        var interfaces = definition.IsInterface ? definition.Interfaces.Select(candidate => candidate.InterfaceType) : Enumerable.Empty<TypeReference>();
        return new[] { type }.Concat(above.Concat(interfaces).SelectMany(candidate => Lineage(arguments.Remap(candidate), module)));
    }

    private static Member OfProperty(PropertyDefinition property, TypeReference type, ModuleDefinition module)
    {
        var getter = property.GetMethod;
        var reference = new MethodReference(getter.Name, new GenericRemapper(module.ImportReference).Remap(getter.ReturnType), type) { HasThis = true };
        return new Member(TypeArguments.Of(type, module.ImportReference).Remap(WithoutModifiers(getter.ReturnType)), null, reference, property);
    }

    private static Member OfField(FieldDefinition field, TypeReference type, ModuleDefinition module)
    {
        var reference = new FieldReference(field.Name, new GenericRemapper(module.ImportReference).Remap(field.FieldType), type);
        return new Member(TypeArguments.Of(type, module.ImportReference).Remap(WithoutModifiers(field.FieldType)), reference, null, field);
    }

    private static TypeReference WithoutModifiers(TypeReference type) => type is IModifierType modified ? WithoutModifiers(modified.ElementType) : type;

    private static bool IsUsable(PropertyDefinition property, TypeDefinition user) => property.GetMethod is { IsStatic: false, HasParameters: false } getter
        && !TypeFacts.IsUnstorable(getter.ReturnType)
        && IsAccessible(getter.IsPublic, getter.IsAssembly || getter.IsFamilyOrAssembly, getter.DeclaringType, user);

    private static bool IsUsable(FieldDefinition field, TypeDefinition user) => !field.IsStatic && field.Name[0] != '<'
        && !TypeFacts.IsUnstorable(field.FieldType)
        && IsAccessible(field.IsPublic, field.IsAssembly || field.IsFamilyOrAssembly, field.DeclaringType, user);

    private static bool IsAccessible(bool isPublic, bool isInternal, TypeDefinition owner, TypeDefinition user)
    {
        if (isPublic || (isInternal && owner.Module == user.Module))
        {
            return true;
        }

        for (TypeDefinition? outer = user; outer is not null; outer = outer.DeclaringType)
        {
            if (outer == owner)
            {
                return true;
            }
        }

        return false;
    }
}
