namespace Oxcaching.Configuration;

/// <summary>The write-ahead log of one service, as validated.</summary>
internal sealed record JournalSettings
{
    /// <summary>Null for the folder of this user's state.</summary>
    public required string? Folder { get; init; }

    public required WalSync Sync { get; init; }

    public required long MaxBytes { get; init; }
}
