namespace Oxcaching.Benchmarks.Woven;

public sealed record User(long Id);
