namespace Oxcaching.Tests.Local;

internal enum CacheOperationKind
{
    Find,
    Set,
    Remove,
    Clear,
    Wait,
    Doubt,
}
