// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Certificates;

/// <summary>What the key of a peer's certificate is wanted for, which its keyUsage extension has to allow.</summary>
public enum CertificatePurpose
{
    /// <summary>Verifying the peer's signatures: digitalSignature or nonRepudiation (RFC 4945 section 5.1.3.2).</summary>
    Signature,

    /// <summary>Encrypting to the peer (RFC 2409 sections 5.2 and 5.3): keyEncipherment or dataEncipherment (RFC 5280 section 4.2.1.3).</summary>
    Encryption,
}
