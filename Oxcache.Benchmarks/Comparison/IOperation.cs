namespace Oxcaching.Benchmarks.Comparison;

/// <summary>Something to be timed. A struct, so that each kind has a loop compiled for itself.</summary>
internal interface IOperation
{
    /// <summary>Does it once.</summary>
    /// <param name="request">The number of the key.</param>
    /// <returns>Something that depends on the outcome, lest it be optimized away.</returns>
    int Invoke(int request);
}
