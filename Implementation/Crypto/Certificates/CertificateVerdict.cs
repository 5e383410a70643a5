// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Certificates;

/// <summary>The outcome of <see cref="CertificateTrust.Check"/>.</summary>
/// <param name="Status">The reason as a value.</param>
/// <param name="Text">The reason for people, with the certificate it is about.</param>
public sealed record CertificateVerdict(CertificateStatus Status, string Text)
{
    /// <summary>Whether the certificate may be used.</summary>
    public bool IsValid => Status == CertificateStatus.Valid;
}
