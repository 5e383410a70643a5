// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto.Certificates;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Authentication;

/// <summary>
/// The certificate payloads of a message, in whatever order they came (RFC 4945 section 3.3.10.3). What cannot be used is discarded
/// (RFC 2408 section 5.9) and remembered as the reason why nothing was left.
/// </summary>
/// <param name="Certificates">X.509 certificates.</param>
/// <param name="Crls">Revocation lists, in DER.</param>
/// <param name="Discarded">What was wrong with the first payload that was discarded; null when none was.</param>
internal sealed record ReceivedCertificates(
    ImmutableArray<Certificate> Certificates,
    ImmutableArray<ReadOnlyMemory<byte>> Crls,
    Rejection? Discarded)
{
    /// <summary>More certificates than any path needs are not looked at: each costs a public key operation.</summary>
    public const int Limit = 16;

    public static ReceivedCertificates Read(IsakmpMessage message)
    {
        var certificates = ImmutableArray.CreateBuilder<Certificate>();
        var crls = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        Rejection? discarded = null;
        foreach (var payload in message.All<CertificatePayload>().Take(Limit))
        {
            switch ((CertificateEncoding)payload.Encoding)
            {
                case CertificateEncoding.X509Signature:
                    if (Certificate.TryRead(payload.Data, out var certificate, out var problem))
                    {
                        certificates.Add(certificate);
                    }
                    else
                    {
                        discarded ??= new("RFC 2408 section 5.9", $"a certificate cannot be read: {problem}", NotifyType.InvalidCertificate);
                    }

                    break;
                case CertificateEncoding.Crl:
                    crls.Add(payload.Data);
                    break;
                default:
                    discarded ??= new(
                        "RFC 2408 section 5.9",
                        $"certificate encoding {payload.Encoding} is not used here, X.509 for signatures (4) and revocation lists (7) are",
                        NotifyType.InvalidCertEncoding);
                    break;
            }
        }

        return new([.. certificates.Distinct()], crls.ToImmutable(), discarded);
    }
}
