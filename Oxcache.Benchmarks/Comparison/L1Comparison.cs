namespace Oxcaching.Benchmarks.Comparison;
internal static class L1Comparison { public static void Run() {} }
