using Mono.Cecil;

namespace Oxcaching.Fody.Wrap;

/// <summary>The type of a method's site, as seen from the method itself or from its holder, and the members that are called on it.</summary>
internal sealed class Site
{
    private readonly RuntimeReferences _references;
    private readonly TypeReference _result;

    /// <param name="references">What is imported of the runtime.</param>
    /// <param name="result">What the method's task results in.</param>
    /// <param name="arguments">The types of the arguments that its front compares; null when it has no front.</param>
    public Site(RuntimeReferences references, TypeReference result, IReadOnlyCollection<TypeReference>? arguments)
    {
        _references = references;
        _result = result;
        Arguments = arguments is null ? null : references.FrontArguments(arguments);
        Type = Arguments is null
            ? RuntimeReferences.InstanceOf(references.CachedMethod, result)
            : RuntimeReferences.InstanceOf(references.FrontedMethod, result, Arguments);
    }

    public TypeReference Type { get; }

    /// <summary>The struct of the arguments that the front compares; null when there is no front.</summary>
    public TypeReference? Arguments { get; }

    public MethodReference Constructor => Arguments is null
        ? _references.SiteMethod(KnownNames.Constructor, _result)
        : _references.Method(_references.FrontedMethod, KnownNames.Constructor, parameters: 5, Type);

    public MethodReference ArgumentsConstructor =>
        _references.Method(((GenericInstanceType)Arguments!).ElementType, KnownNames.Constructor, ((GenericInstanceType)Arguments!).GenericArguments.Count, Arguments!);

    /// <summary>Asks the front alone.</summary>
    public MethodReference AskFront(string name) => _references.Method(_references.FrontedMethod, name, parameters: 2, Type);

    /// <summary>Asks L1 by the key.</summary>
    public MethodReference AskL1(string name) => Arguments is null
        ? _references.SiteMethod(name, _result)
        : _references.Method(_references.FrontedMethod, name, parameters: 3, Type);
}
