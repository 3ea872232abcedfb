namespace Oxcaching.Writes;

/// <summary>What the caller of a write gets to know.</summary>
/// <param name="Acknowledged">Whether Redis has it; if not, it is pending.</param>
/// <param name="Found">Whether a live value was replaced or deleted by it.</param>
internal readonly record struct WriteAnswer(bool Acknowledged, bool Found)
{
    /// <summary>Redis has not answered.</summary>
    public static WriteAnswer Pending => default;
}
