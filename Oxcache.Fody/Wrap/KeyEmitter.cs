using Mono.Cecil;
using Mono.Cecil.Cil;
using Oxcaching.Fody.Keys;

namespace Oxcaching.Fody.Wrap;

/// <summary>Writes the instructions that build a key.</summary>
internal sealed class KeyEmitter
{
    private readonly ILProcessor _il;
    private readonly VariableDefinition _key;
    private readonly KeyArguments _arguments;
    private readonly RuntimeReferences _references;

    public KeyEmitter(ILProcessor il, VariableDefinition key, KeyArguments arguments, RuntimeReferences references)
    {
        _il = il;
        _key = key;
        _arguments = arguments;
        _references = references;
    }

    public void Emit(List<KeyPart> parts)
    {
        var startsWithLiteral = parts.Count > 0 && parts[0].Kind == KeyPartKind.Literal;
        _il.Emit(OpCodes.Ldloca, _key);
        _il.Emit(OpCodes.Ldstr, startsWithLiteral ? parts[0].Literal : "");
        _il.Emit(OpCodes.Call, _references.KeyMethod(KnownNames.Constructor));
        foreach (var part in parts.Skip(startsWithLiteral ? 1 : 0))
        {
            EmitAppend(part);
        }
    }

    private void EmitAppend(KeyPart part)
    {
        if (part.Members.Count > 0)
        {
            EmitMember(part);
            return;
        }

        _il.Emit(OpCodes.Ldloca, _key);
        switch (part.Kind)
        {
            case KeyPartKind.Literal:
                _il.Emit(OpCodes.Ldstr, part.Literal);
                _il.Emit(OpCodes.Call, _references.KeyMethod(KnownNames.AppendLiteral));
                break;
            case KeyPartKind.TypeName:
                _il.Emit(OpCodes.Call, _references.KeyMethod(KnownNames.AppendTypeName, _arguments.Own(part.TypeParameter!)));
                break;
            default:
                EmitAppend(part, _arguments.Load(_il, part.Parameter!));
                break;
        }
    }

    private void EmitMember(KeyPart part)
    {
        var path = new MemberPathEmitter(_il, _references);
        path.Begin();
        var value = path.Read(_arguments.Load(_il, part.Parameter!), part.Members);
        _il.Emit(OpCodes.Ldloca, _key);
        _il.Emit(OpCodes.Ldloc, value);
        EmitAppend(part, value.VariableType);
        path.End(_key);
    }

    /// <summary>Appends the value on the stack.</summary>
    private void EmitAppend(KeyPart part, TypeReference type)
    {
        if (part.Format is null)
        {
            _il.Emit(OpCodes.Call, Append(type, part.Kind == KeyPartKind.Argument ? KnownNames.Argument : KnownNames.Text));
            return;
        }

        _il.Emit(OpCodes.Ldstr, part.Format);
        _il.Emit(OpCodes.Call, TypeFacts.NullableArgument(type) is { } underlying
            ? _references.KeyMethod(KnownNames.AppendNullableFormattedText, underlying)
            : _references.KeyMethod(KnownNames.AppendFormattedText, type));
    }

    private MethodReference Append(TypeReference type, string form)
    {
        switch (KeyFormats.Of(type).Kind)
        {
            case KeyFormatKind.String: return _references.KeyMethod("Append" + form);
            case KeyFormatKind.Value: return _references.KeyMethod("Append" + form, type);
            case KeyFormatKind.Enum: return _references.KeyMethod("AppendEnum" + form, type);
            case KeyFormatKind.Nullable: return _references.KeyMethod("AppendNullable" + form, TypeFacts.NullableArgument(type)!);
            case KeyFormatKind.NullableEnum: return _references.KeyMethod("AppendNullableEnum" + form, TypeFacts.NullableArgument(type)!);
            default: throw new InvalidOperationException($"{type.FullName} has no key format, and passed the check that it has one.");
        }
    }
}
