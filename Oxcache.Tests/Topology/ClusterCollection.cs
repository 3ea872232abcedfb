namespace Oxcaching.Tests.Topology;

/// <summary>The tests of Cluster share one set-up, and hold times to limits.</summary>
[CollectionDefinition(ClusterTests.Name, DisableParallelization = true)]
public sealed class ClusterCollection : ICollectionFixture<ClusterSetup>;
