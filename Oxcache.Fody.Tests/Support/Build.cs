namespace Oxcaching.Fody.Tests.Support;

/// <summary>How a test source is compiled: the compiler shapes async methods differently in the two.</summary>
public enum Build
{
    Debug,
    Release,
}
