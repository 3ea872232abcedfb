using Microsoft.Extensions.Logging;

namespace Oxcaching.Tests.TestSupport;

public sealed record LogLine(LogLevel Level, int Event, string Text, Exception? Exception);
