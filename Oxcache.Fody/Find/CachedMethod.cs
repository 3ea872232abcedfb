using Mono.Cecil;

namespace Oxcaching.Fody.Find;

/// <summary>A method marked [Cached].</summary>
internal sealed class CachedMethod
{
    public CachedMethod(MethodDefinition method, CustomAttribute attribute)
    {
        Method = method;
        Attribute = attribute;
        Settings = new CachedSettings(attribute);
    }

    public MethodDefinition Method { get; }

    public CustomAttribute Attribute { get; }

    public CachedSettings Settings { get; }
}
