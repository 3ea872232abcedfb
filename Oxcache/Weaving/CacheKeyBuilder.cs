using System.ComponentModel;

namespace Oxcaching.Weaving;

/// <summary>Builds a key on the stack.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct CacheKeyBuilder
{
}
