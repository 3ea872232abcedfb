namespace Oxcaching.Tests.History.Running;

/// <summary>What a load runs on a miss.</summary>
/// <param name="key">The key.</param>
/// <param name="levels">The levels that the result goes to.</param>
/// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
internal delegate Task<string> QueryBody(string key, string levels, CancellationToken cancellationToken);
