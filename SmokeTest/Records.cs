namespace Oxcaching.SmokeTest;

internal sealed record User(long Id, string Name);

internal sealed record Session(string Id, long UserId);

internal sealed record ApiResponse(string Endpoint, int Version, string Body);
