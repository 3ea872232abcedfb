using Oxcaching.Configuration;
using Oxcaching.Diagnostics;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>What the application sets up itself on each connection.</summary>
/// <param name="Steps">In their order; each an <see cref="Action{T}"/> or an asynchronous function of the client's options.</param>
internal sealed record ClientHook(IReadOnlyList<Delegate> Steps) : ClientSource
{
    /// <exception cref="RemoteException">A step failed.</exception>
    public async Task ApplyAsync(ConfigurationOptions options, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var step in Steps)
            {
                if (step is Action<ConfigurationOptions> configure)
                {
                    configure(options);
                }
                else
                {
                    await ((Func<ConfigurationOptions, CancellationToken, Task>)step)(options, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Its message may show anything, a token included.
            throw new RemoteException(RemoteFailure.Disconnected, $"The application's ConfigureClient threw a {e.GetType().Name}.", e) { Limit = RemoteLimit.Lasting };
        }
    }

    public bool Equals(ClientHook? other) => other is not null && Steps.SequenceEqual(other.Steps);

    public override int GetHashCode() => Steps.Count == 0 ? 0 : Steps[0].GetHashCode();
}
