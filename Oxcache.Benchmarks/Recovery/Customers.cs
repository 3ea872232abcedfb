namespace Oxcaching.Benchmarks.Recovery;

/// <summary>The same method twice, on a Redis of its own each.</summary>
public static class Customers
{
    public const string One = "one";
    public const string Other = "other";

    public static Task<Customer> GetUncachedAsync(long id) => Task.FromResult(new Customer(id));

    [Cached(One, Key = "customer_{id}")]
    public static Task<Customer> GetFromOneAsync(long id) => GetUncachedAsync(id);

    [Cached(Other, Key = "customer_{id}")]
    public static Task<Customer> GetFromOtherAsync(long id) => GetUncachedAsync(id);
}
