namespace Oxcaching.Local;

/// <summary>What L1 holds under a key.</summary>
internal abstract class LocalEntry;
