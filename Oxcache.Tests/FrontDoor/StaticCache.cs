namespace Oxcaching.Tests.FrontDoor;

/// <summary>Tests of the one cache that the process has take turns.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class StaticCache
{
    public const string Name = "the static Oxcache";
}
