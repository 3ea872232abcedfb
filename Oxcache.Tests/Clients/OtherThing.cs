namespace Oxcaching.Tests.Clients;

/// <summary>JSON of a <see cref="Thing"/> reads as one of these without an error.</summary>
public sealed record OtherThing(int Id);
