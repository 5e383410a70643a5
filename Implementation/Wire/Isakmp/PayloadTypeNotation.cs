// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Ipsec.Wire.Isakmp;

/// <summary>The short names that RFC 2408 section 3.1 and RFC 3947 use for IKEv1 payloads.</summary>
public static class PayloadTypeNotation
{
    /// <summary>"SA", "KE", "NAT-D" and so on; "payload 99" for a type without a name in IKEv1.</summary>
    public static string Notation(this PayloadType type) => type switch
    {
        PayloadType.None => "NONE",
        PayloadType.Sa => "SA",
        PayloadType.Proposal => "P",
        PayloadType.Transform => "T",
        PayloadType.KeyExchange => "KE",
        PayloadType.Identification => "ID",
        PayloadType.Certificate => "CERT",
        PayloadType.CertificateRequest => "CR",
        PayloadType.Hash => "HASH",
        PayloadType.Signature => "SIG",
        PayloadType.Nonce => "NONCE",
        PayloadType.Notification => "N",
        PayloadType.Delete => "D",
        PayloadType.VendorId => "VID",
        PayloadType.Attributes => "ATTR",
        PayloadType.SaKek => "SAK",
        PayloadType.SaTek => "SAT",
        PayloadType.KeyDownload => "KD",
        PayloadType.SequenceNumber => "SEQ",
        PayloadType.ProofOfPossession => "POP",
        PayloadType.NatDiscovery or PayloadType.NatDiscoveryDraft => "NAT-D",
        PayloadType.NatOriginalAddress or PayloadType.NatOriginalAddressDraft => "NAT-OA",
        PayloadType.GroupAssociatedPolicy => "GAP",
        PayloadType.Fragment => "FRAG",
        _ => string.Create(CultureInfo.InvariantCulture, $"payload {(byte)type}"),
    };
}
