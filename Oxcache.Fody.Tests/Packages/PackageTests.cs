namespace Oxcaching.Fody.Tests.Packages;

/// <summary>The tests that share one <see cref="PackageFeed"/>.</summary>
[CollectionDefinition(Name)]
public sealed class PackageTests : ICollectionFixture<PackageFeed>
{
    public const string Name = "Packages";
}
