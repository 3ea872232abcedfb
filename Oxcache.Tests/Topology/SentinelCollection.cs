namespace Oxcaching.Tests.Topology;

/// <summary>The tests of Sentinel share one set-up, and hold times to limits.</summary>
[CollectionDefinition(SentinelTests.Name, DisableParallelization = true)]
public sealed class SentinelCollection : ICollectionFixture<SentinelSetup>;
