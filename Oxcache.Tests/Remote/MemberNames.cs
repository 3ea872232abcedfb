using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Oxcaching.Tests.Remote;

/// <summary>The types and members that an assembly uses of another, or defines, each as one line of text with its signature.</summary>
internal static class MemberNames
{
    public static HashSet<string> ReferencedBy(string assembly, string library)
    {
        using var pe = new PEReader(File.OpenRead(assembly));
        var reader = pe.GetMetadataReader();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var types = new Dictionary<TypeReferenceHandle, string>();
        foreach (var handle in reader.TypeReferences.Where(handle => ScopeOf(reader, handle) == library))
        {
            types[handle] = TypeNames.Of(reader, handle);
            names.Add(types[handle]);
        }

        foreach (var member in reader.MemberReferences.Select(reader.GetMemberReference))
        {
            if (member.Parent.Kind == HandleKind.TypeReference && types.TryGetValue((TypeReferenceHandle)member.Parent, out var type))
            {
                names.Add($"{type}::{reader.GetString(member.Name)} {Signature(member)}");
            }
        }

        return names;
    }

    public static HashSet<string> DefinedIn(string assembly)
    {
        using var pe = new PEReader(File.OpenRead(assembly));
        var reader = pe.GetMetadataReader();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var handle in reader.TypeDefinitions)
        {
            var definition = reader.GetTypeDefinition(handle);
            if (!IsPublic(definition.Attributes))
            {
                continue;
            }

            var type = TypeNames.Of(reader, handle);
            names.Add(type);
            foreach (var method in definition.GetMethods().Select(reader.GetMethodDefinition).Where(m => m.Attributes.HasFlag(MethodAttributes.Public)))
            {
                names.Add($"{type}::{reader.GetString(method.Name)} {Text(method.DecodeSignature(TypeNames.Instance, null))}");
            }

            foreach (var field in definition.GetFields().Select(reader.GetFieldDefinition).Where(f => f.Attributes.HasFlag(FieldAttributes.Public)))
            {
                names.Add($"{type}::{reader.GetString(field.Name)} {field.DecodeSignature(TypeNames.Instance, null)}");
            }
        }

        // A type that moved to another assembly is found through its forwarder; none of those we use may have moved.
        return names;
    }

    private static bool IsPublic(TypeAttributes attributes) =>
        (attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public or TypeAttributes.NestedPublic;

    private static string? ScopeOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.AssemblyReference => reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            HandleKind.TypeReference => ScopeOf(reader, (TypeReferenceHandle)scope),
            _ => null,
        };
    }

    private static string Signature(MemberReference member) =>
        member.GetKind() == MemberReferenceKind.Method
            ? Text(member.DecodeMethodSignature(TypeNames.Instance, null))
            : member.DecodeFieldSignature(TypeNames.Instance, null);

    private static string Text(MethodSignature<string> signature) =>
        $"{(signature.Header.IsInstance ? "instance" : "static")} {signature.ReturnType}({string.Join(", ", signature.ParameterTypes)})";

    /// <summary>Writes types without their assemblies: mscorlib, netstandard and System.Runtime are one to the runtime.</summary>
    private sealed class TypeNames : ISignatureTypeProvider<string, object?>
    {
        public static readonly TypeNames Instance = new();

        public static string Of(MetadataReader reader, TypeReferenceHandle handle)
        {
            var type = reader.GetTypeReference(handle);
            var outer = type.ResolutionScope.Kind == HandleKind.TypeReference ? Of(reader, (TypeReferenceHandle)type.ResolutionScope) + "+" : "";
            return outer + FullName(reader.GetString(type.Namespace), reader.GetString(type.Name));
        }

        public static string Of(MetadataReader reader, TypeDefinitionHandle handle)
        {
            var type = reader.GetTypeDefinition(handle);
            var outer = type.GetDeclaringType() is { IsNil: false } declaring ? Of(reader, declaring) + "+" : "";
            return outer + FullName(reader.GetString(type.Namespace), reader.GetString(type.Name));
        }

        public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

        public string GetByReferenceType(string elementType) => elementType + "&";

        public string GetFunctionPointerType(MethodSignature<string> signature) => "fnptr";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(",", typeArguments)}>";

        public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

        public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => $"{unmodifiedType} mod({modifier})";

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => elementType + "*";

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSZArrayType(string elementType) => elementType + "[]";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Of(reader, handle);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Of(reader, handle);

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        private static string FullName(string @namespace, string name) => @namespace.Length == 0 ? name : $"{@namespace}.{name}";
    }
}
