namespace Oxcaching.Tests.History.Checking;

/// <summary>A promise that was not kept.</summary>
/// <param name="Rule">Which one.</param>
/// <param name="Key">Where.</param>
/// <param name="Operations">What proves it, in the order in which it is told.</param>
internal sealed record Violation(string Rule, string Key, params IReadOnlyList<Operation> Operations);
