using Oxcaching.Diagnostics;

namespace Oxcaching.Recovery;

/// <summary>How long a call to Redis may take, and who is told of it.</summary>
internal sealed record RemoteCallTerms(TimeSpan CommandTimeout, ServiceEvents Events, Outstanding Outstanding, TimeProvider Time);
