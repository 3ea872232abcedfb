namespace Oxcaching;

/// <summary>A type that can be a parameter of a cached method because it says what identifies its values.</summary>
public interface ICacheKeyPart
{
    /// <summary>The text that stands for this value in a key: the same for equal values, different for different ones.</summary>
    /// <remarks>Must not depend on the culture, the process or the machine: keys live on in Redis.</remarks>
    string GetCacheKeyPart();
}
