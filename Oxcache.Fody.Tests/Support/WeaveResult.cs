namespace Oxcaching.Fody.Tests.Support;

/// <summary>What the weaver made of an assembly.</summary>
internal sealed record WeaveResult(byte[] Assembly, IReadOnlyList<WeaveError> Errors, IReadOnlyList<WeaveError> Warnings, IReadOnlyList<string> Messages);
