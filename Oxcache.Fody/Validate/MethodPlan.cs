using Mono.Cecil;
using Oxcaching.Fody.Find;
using Oxcaching.Fody.Keys;

namespace Oxcaching.Fody.Validate;

/// <summary>A method that can be woven, and how its key is built.</summary>
internal sealed class MethodPlan
{
    public MethodPlan(CachedMethod cached, List<KeyPart> key)
    {
        Method = cached.Method;
        Settings = cached.Settings;
        Key = key;
    }

    public MethodDefinition Method { get; }

    public CachedSettings Settings { get; }

    public List<KeyPart> Key { get; }
}
