// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Authentication;

/// <summary>What a peer has told before its proof.</summary>
/// <param name="Identity">What it calls itself; null when that comes with the proof, or could not be decrypted.</param>
/// <param name="AsksForCertificate">Whether it wants our certificate.</param>
internal sealed record PeerAnnouncement(IdentificationPayload? Identity, bool AsksForCertificate)
{
    /// <summary>It has told nothing yet.</summary>
    public static PeerAnnouncement None { get; } = new(null, false);

    /// <summary>Adds the certificate requests of a message (RFC 4945 section 3.2).</summary>
    public PeerAnnouncement With(IsakmpMessage message) => this with { AsksForCertificate = AsksForCertificate || Asks(message) };

    /// <summary>
    /// Which authority is asked for does not matter: there is one chain, and sending it tells more than its absence. Requests for PKCS #7
    /// mean the same as those for X.509 (RFC 4945 section 3.2.4); those for revocation lists are ignored (section 3.2.3).
    /// </summary>
    private static bool Asks(IsakmpMessage message) => message.All<CertificateRequestPayload>().Any(request =>
        (CertificateEncoding)request.CertificateType is CertificateEncoding.X509Signature or CertificateEncoding.Pkcs7WrappedX509);
}
