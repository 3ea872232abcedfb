namespace Oxcaching.Tests.History.Running;

/// <summary>Says that it has deleted, and has not.</summary>
internal sealed class ForgetfulInstance(ICacheInstance inner) : WrappedInstance(inner)
{
    public override Task DeleteAsync(string key) => Task.CompletedTask;
}
