namespace Oxcaching.Tests.TestSupport;

/// <summary>Tests that hold times to limits run by themselves, when no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Undisturbed
{
    public const string Name = "undisturbed";
}
