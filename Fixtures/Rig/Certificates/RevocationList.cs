// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Ipsec.Fixtures.Rig.Certificates;

/// <summary>A certificate revocation list (RFC 5280 section 5).</summary>
/// <param name="Name">Its name as a file, for example "root".</param>
/// <param name="Der">The list in DER.</param>
public sealed record RevocationList(string Name, ReadOnlyMemory<byte> Der)
{
    /// <summary>The list in PEM.</summary>
    public string Pem { get; } = PemEncoding.WriteString("X509 CRL", Der.Span) + "\n";
}
