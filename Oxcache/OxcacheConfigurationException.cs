namespace Oxcaching;

/// <summary>The configuration cannot be used. Holds everything that is wrong with it, not just the first thing.</summary>
/// <remarks>
/// Each error reads <c>config.toml(line,column): path: what is wrong, what is allowed</c>, or <c>OxcacheOptions: path: …</c> for
/// options built in code. None of them shows a password, a connection string or a value from the environment.
/// </remarks>
public sealed class OxcacheConfigurationException : Exception
{
    /// <summary>An exception for these errors.</summary>
    /// <param name="errors">At least one error, a line each.</param>
    /// <param name="innerException">What the operating system said when the file could not be read, if that was it.</param>
    public OxcacheConfigurationException(IEnumerable<string> errors, Exception? innerException = null)
        : this([.. errors ?? throw new ArgumentNullException(nameof(errors))], innerException)
    {
    }

    private OxcacheConfigurationException(string[] errors, Exception? innerException)
        : base(string.Join('\n', errors), innerException) => Errors = errors;

    /// <summary>The single errors, in the order of the file. The message holds them all, one per line.</summary>
    public IReadOnlyList<string> Errors { get; }
}
