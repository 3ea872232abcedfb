namespace Oxcaching.Tests.Faults;

/// <summary>Where a pipe delivers.</summary>
internal interface IPipeEnd
{
    ValueTask DeliverAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>The stream's end has come through.</summary>
    /// <param name="isReset">Whether it broke off.</param>
    void Finish(bool isReset);

    /// <summary>The stream's end has gone into a black hole.</summary>
    void Lose();
}
