namespace Oxcaching.Tests.Clients;

public sealed record Thing(int Id, string Name);
