using System.ComponentModel;

namespace Oxcaching.Weaving;

/// <summary>One call of a woven method, that can tell its key. Implemented by woven code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICachedKey
{
    /// <summary>Builds the key of this call, as the woven method does.</summary>
    CacheKeyBuilder BuildKey();
}
