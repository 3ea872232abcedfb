using System.ComponentModel;

namespace Oxcaching.Weaving;

/// <summary>One call of a woven method, with its arguments: what runs when the cache has no answer. Implemented by woven code.</summary>
/// <typeparam name="T">The result of the method.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICachedCall<T>
{
    /// <summary>Runs the method's own body.</summary>
    /// <param name="cancellationToken">The token the body gets in the place of its caller's.</param>
    ValueTask<T> InvokeAsync(CancellationToken cancellationToken);
}
