namespace Oxcaching.Tests.History.Running;

/// <summary>One instance of the application, as its calls see the cache.</summary>
internal interface ICacheInstance : IAsyncDisposable
{
    Task<string?> GetAsync(string key);

    /// <summary>Runs the body on a miss.</summary>
    Task<string> LoadAsync(string key);

    /// <summary>The same past L1.</summary>
    Task<string> LoadThroughL2Async(string key);

    Task SetAsync(string key, string value);

    Task SetL2OnlyAsync(string key, string value);

    Task DeleteAsync(string key);

    Task ClearAsync();

    /// <summary>Its process ends, and another begins that takes up what it left on disk. Calls meanwhile wait.</summary>
    /// <param name="drain">How long the old one may still send what is pending.</param>
    Task RestartAsync(TimeSpan drain);
}
