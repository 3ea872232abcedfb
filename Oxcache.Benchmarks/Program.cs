using BenchmarkDotNet.Running;
using Oxcaching.Benchmarks.Comparison;
using Oxcaching.Benchmarks.HitRates;
using Oxcaching.Benchmarks.Recovery;
using Oxcaching.Benchmarks.Remote;
using Oxcaching.Benchmarks.Woven;
using Oxcaching.Benchmarks.Writes;

switch (args)
{
    case ["l1"]:
        L1Comparison.Run();
        return 0;
    case ["l2"]:
        await L2Comparison.RunAsync();
        return 0;
    case ["woven"]:
        WovenComparison.Run();
        return 0;
    case ["journal"]:
        await JournalThroughput.RunAsync();
        return 0;
    case ["recovery"]:
        await RecoveryComparison.RunAsync();
        return 0;
    case ["hitrate", .. var rest]:
        return HitRateCommand.Run(rest);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(L1Comparison).Assembly).Run(args);
        return 0;
}
