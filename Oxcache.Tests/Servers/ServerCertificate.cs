using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Oxcaching.Tests.Servers;

/// <summary>A certificate for 127.0.0.1 that nobody but itself vouches for, as the files that servers read.</summary>
public sealed class ServerCertificate : IDisposable
{
    public const string Password = "of-the-certificate";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oxcache-certificate-");

    public ServerCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(PemFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllBytes(PfxFile, certificate.Export(X509ContentType.Pfx, Password));
    }

    public string PemFile => Path.Combine(_folder.FullName, "certificate.pem");

    public string KeyFile => Path.Combine(_folder.FullName, "key.pem");

    /// <summary>Both in one, with the <see cref="Password"/>.</summary>
    public string PfxFile => Path.Combine(_folder.FullName, "certificate.pfx");

    public void Dispose() => _folder.Delete(recursive: true);
}
