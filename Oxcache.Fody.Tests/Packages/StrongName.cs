using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace Oxcaching.Fody.Tests.Packages;

/// <summary>Keys for signing assemblies, and whether one is signed.</summary>
internal static class StrongName
{
    /// <summary>A new key pair in the form of a .snk file.</summary>
    public static byte[] NewKey()
    {
        using var rsa = RSA.Create(1024);
        var key = rsa.ExportParameters(includePrivateParameters: true);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write([0x07, 0x02, 0, 0, 0, 0x24, 0, 0]); // a private key for signing with RSA
        writer.Write("RSA2"u8);
        writer.Write(key.Modulus!.Length * 8);
        writer.Write(BitConverter.ToUInt32([.. key.Exponent!.Reverse(), .. new byte[4 - key.Exponent!.Length]]));
        foreach (var part in new[] { key.Modulus, key.P, key.Q, key.DP, key.DQ, key.InverseQ, key.D })
        {
            writer.Write(part!.AsEnumerable().Reverse().ToArray());
        }

        return stream.ToArray();
    }

    /// <summary>Whether the assembly has a public key, and a signature that is more than room for one.</summary>
    public static bool IsSigned(string path)
    {
        using var reader = new PEReader(File.OpenRead(path));
        var directory = reader.PEHeaders.CorHeader!.StrongNameSignatureDirectory;
        var hasKey = AssemblyName.GetAssemblyName(path).GetPublicKeyToken() is { Length: 8 };
        return hasKey && directory.Size > 0
            && reader.GetSectionData(directory.RelativeVirtualAddress).GetContent(0, directory.Size).Any(value => value != 0);
    }
}
