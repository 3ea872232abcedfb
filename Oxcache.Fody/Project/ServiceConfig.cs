namespace Oxcaching.Fody.Project;

/// <summary>What the configuration says of a service.</summary>
internal sealed class ServiceConfig
{
    public ServiceConfig(Levels levels, long? localTtl)
    {
        Levels = levels;
        LocalTtl = localTtl;
    }

    public Levels Levels { get; }

    /// <summary>How long L1 keeps an entry at most, in seconds; null: not known before it runs.</summary>
    public long? LocalTtl { get; }
}
