namespace Oxcaching.Benchmarks.Recovery;

public sealed record Customer(long Id);
