namespace Oxcaching.SmokeTest;

/// <summary>An expectation that did not hold.</summary>
internal sealed class SmokeTestException(string message) : Exception(message);
