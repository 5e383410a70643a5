// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ipsec.Fixtures.Rig.Certificates;

/// <summary>A certificate with the key that belongs to it: throw-away, it protects nothing but test traffic.</summary>
/// <param name="Name">Its name as a file, for example "west".</param>
/// <param name="Subject">Whom it is about.</param>
/// <param name="Der">The certificate in DER.</param>
/// <param name="Key">The key pair.</param>
public sealed record IssuedCertificate(string Name, X500DistinguishedName Subject, ReadOnlyMemory<byte> Der, ThrowAwayKey Key)
{
    /// <summary>The certificate in PEM.</summary>
    public string Pem { get; } = PemEncoding.WriteString("CERTIFICATE", Der.Span) + "\n";
}
