using Oxcaching.Benchmarks.Comparison;

namespace Oxcaching.Benchmarks.Recovery;

internal readonly struct CallOfOne : IOperation
{
    public int Invoke(int request) => (int)Customers.GetFromOneAsync(request).Result.Id;
}

internal readonly struct CallOfOther : IOperation
{
    public int Invoke(int request) => (int)Customers.GetFromOtherAsync(request).Result.Id;
}
