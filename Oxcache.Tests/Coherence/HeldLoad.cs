namespace Oxcaching.Tests.Coherence;

/// <summary>A load whose body waits until the test lets it go on.</summary>
public sealed class HeldLoad
{
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _outcome;

    public HeldLoad(ICacheClient client, string key, string value) =>
        _outcome = client.GetOrSetAsync(
            key,
            async _ =>
            {
                _running.SetResult();
                await _release.Task;
                return value;
            }).AsTask();

    public Task BodyRuns => _running.Task;

    /// <summary>Its body ends badly.</summary>
    public Task<string> ThrowAsync()
    {
        _release.SetException(new InvalidOperationException("So ends the body."));
        return _outcome;
    }

    public Task<string> FinishAsync()
    {
        _release.SetResult();
        return _outcome;
    }
}
