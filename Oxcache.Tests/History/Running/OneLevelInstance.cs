namespace Oxcaching.Tests.History.Running;

/// <summary>Makes every load through both levels: within an instance a load past L1 is a flight of its own, which waits for no other.</summary>
internal sealed class OneLevelInstance(ICacheInstance inner) : WrappedInstance(inner)
{
    public override Task<string> LoadThroughL2Async(string key) => LoadAsync(key);
}
