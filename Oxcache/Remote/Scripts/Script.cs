using System.Security.Cryptography;
using System.Text;

namespace Oxcaching.Remote;

/// <summary>A Lua script, and the hash that a server knows it by once it has run.</summary>
internal sealed class Script(string text)
{
    public string Text => text;

    public byte[] Hash { get; } = SHA1.HashData(Encoding.UTF8.GetBytes(text));
}
