// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.Isakmp;

/// <summary>
/// Payload type, the Next Payload octet (RFC 2408 section 3.1 and IANA's registry of ISAKMP next payload types). 33 and up belong to
/// IKEv2; from 128 private use.
/// </summary>
public enum PayloadType : byte
{
    /// <summary>No further payload.</summary>
    None = 0,

    /// <summary>SA: Security Association (RFC 2408 section 3.4).</summary>
    Sa = 1,

    /// <summary>P: Proposal, only inside an SA payload (RFC 2408 section 3.5).</summary>
    Proposal = 2,

    /// <summary>T: Transform, only inside a Proposal (RFC 2408 section 3.6).</summary>
    Transform = 3,

    /// <summary>KE: Key Exchange (RFC 2408 section 3.7).</summary>
    KeyExchange = 4,

    /// <summary>ID: Identification (RFC 2408 section 3.8).</summary>
    Identification = 5,

    /// <summary>CERT: Certificate (RFC 2408 section 3.9).</summary>
    Certificate = 6,

    /// <summary>CR: Certificate Request (RFC 2408 section 3.10).</summary>
    CertificateRequest = 7,

    /// <summary>HASH: Hash (RFC 2408 section 3.11).</summary>
    Hash = 8,

    /// <summary>SIG: Signature (RFC 2408 section 3.12).</summary>
    Signature = 9,

    /// <summary>NONCE: Nonce (RFC 2408 section 3.13).</summary>
    Nonce = 10,

    /// <summary>N: Notification (RFC 2408 section 3.14).</summary>
    Notification = 11,

    /// <summary>D: Delete (RFC 2408 section 3.15).</summary>
    Delete = 12,

    /// <summary>VID: Vendor ID (RFC 2408 section 3.16).</summary>
    VendorId = 13,

    /// <summary>Attributes of Mode Config and XAUTH (draft-dukes-ike-mode-cfg-02).</summary>
    Attributes = 14,

    /// <summary>SAK: SA KEK payload of GDOI (RFC 6407).</summary>
    SaKek = 15,

    /// <summary>SAT: SA TEK payload of GDOI (RFC 6407).</summary>
    SaTek = 16,

    /// <summary>KD: Key Download of GDOI (RFC 6407).</summary>
    KeyDownload = 17,

    /// <summary>SEQ: Sequence Number of GDOI (RFC 6407).</summary>
    SequenceNumber = 18,

    /// <summary>POP: Proof of Possession of GDOI (RFC 3547).</summary>
    ProofOfPossession = 19,

    /// <summary>NAT-D: NAT Discovery (RFC 3947 section 3.2).</summary>
    NatDiscovery = 20,

    /// <summary>NAT-OA: NAT Original Address (RFC 3947 section 5.2).</summary>
    NatOriginalAddress = 21,

    /// <summary>GAP: Group Associated Policy of GDOI (RFC 6407).</summary>
    GroupAssociatedPolicy = 22,

    /// <summary>SA of IKEv2 (RFC 7296 section 3.3).</summary>
    Ikev2Sa = 33,

    /// <summary>KE of IKEv2 (RFC 7296 section 3.4).</summary>
    Ikev2KeyExchange = 34,

    /// <summary>IDi of IKEv2 (RFC 7296 section 3.5).</summary>
    Ikev2IdInitiator = 35,

    /// <summary>IDr of IKEv2 (RFC 7296 section 3.5).</summary>
    Ikev2IdResponder = 36,

    /// <summary>CERT of IKEv2 (RFC 7296 section 3.6).</summary>
    Ikev2Certificate = 37,

    /// <summary>CERTREQ of IKEv2 (RFC 7296 section 3.7).</summary>
    Ikev2CertificateRequest = 38,

    /// <summary>AUTH of IKEv2 (RFC 7296 section 3.8).</summary>
    Ikev2Authentication = 39,

    /// <summary>Ni and Nr of IKEv2 (RFC 7296 section 3.9).</summary>
    Ikev2Nonce = 40,

    /// <summary>N of IKEv2 (RFC 7296 section 3.10).</summary>
    Ikev2Notify = 41,

    /// <summary>D of IKEv2 (RFC 7296 section 3.11).</summary>
    Ikev2Delete = 42,

    /// <summary>V of IKEv2 (RFC 7296 section 3.12).</summary>
    Ikev2VendorId = 43,

    /// <summary>TSi of IKEv2 (RFC 7296 section 3.13).</summary>
    Ikev2TrafficSelectorInitiator = 44,

    /// <summary>TSr of IKEv2 (RFC 7296 section 3.13).</summary>
    Ikev2TrafficSelectorResponder = 45,

    /// <summary>SK of IKEv2 (RFC 7296 section 3.14).</summary>
    Ikev2Encrypted = 46,

    /// <summary>CP of IKEv2 (RFC 7296 section 3.15).</summary>
    Ikev2Configuration = 47,

    /// <summary>EAP of IKEv2 (RFC 7296 section 3.16).</summary>
    Ikev2Eap = 48,

    /// <summary>GSPM of IKEv2 (RFC 6467).</summary>
    Ikev2SecurePassword = 49,

    /// <summary>IDg of group key management with IKEv2.</summary>
    Ikev2IdGroup = 50,

    /// <summary>GSA of group key management with IKEv2.</summary>
    Ikev2GroupSa = 51,

    /// <summary>KD of group key management with IKEv2.</summary>
    Ikev2KeyDownload = 52,

    /// <summary>SKF of IKEv2 (RFC 7383).</summary>
    Ikev2EncryptedFragment = 53,

    /// <summary>PS of IKEv2 (RFC 8019).</summary>
    Ikev2PuzzleSolution = 54,

    /// <summary>NAT-D of draft-ietf-ipsec-nat-t-ike-02 and -03 (private use).</summary>
    NatDiscoveryDraft = 130,

    /// <summary>NAT-OA of draft-ietf-ipsec-nat-t-ike-02 and -03 (private use).</summary>
    NatOriginalAddressDraft = 131,

    /// <summary>IKE fragment of a Cisco extension (private use).</summary>
    Fragment = 132,
}
