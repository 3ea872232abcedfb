using Oxcaching.Benchmarks.Comparison;

namespace Oxcaching.Benchmarks.Recovery;

internal readonly struct HealthyCall : IOperation
{
    public int Invoke(int request) => (int)Customers.GetAsync(request).Result.Id;
}

internal readonly struct DegradedCall : IOperation
{
    public int Invoke(int request) => (int)Customers.GetWithoutRedisAsync(request).Result.Id;
}
