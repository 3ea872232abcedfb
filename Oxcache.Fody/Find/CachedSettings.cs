using Mono.Cecil;

namespace Oxcaching.Fody.Find;

/// <summary>What the attribute of a method says.</summary>
internal sealed class CachedSettings
{
    public CachedSettings(CustomAttribute attribute)
    {
        if (attribute.ConstructorArguments.Count > 0 && attribute.ConstructorArguments[0].Value is string service)
        {
            Service = service;
        }

        foreach (var property in attribute.Properties)
        {
            Read(property.Name, property.Argument.Value);
        }
    }

    public string Service { get; private set; } = "default";

    public int Ttl { get; private set; }

    public string? Key { get; private set; }

    public int CacheType { get; private set; }

    public bool CacheNull { get; private set; } = true;

    private void Read(string name, object? value)
    {
        switch (name)
        {
            case nameof(Service): Service = value as string ?? Service; break;
            case nameof(Ttl): Ttl = (int)value!; break;
            case nameof(Key): Key = value as string; break;
            case nameof(CacheType): CacheType = (int)value!; break;
            case nameof(CacheNull): CacheNull = (bool)value!; break;
        }
    }
}
