// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto.Certificates;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Authentication;

/// <summary>What an identity may be in phase 1 (RFC 2407 section 4.6.2), and how it is bound to a certificate (RFC 4945 section 3.1).</summary>
internal static class PeerIdentity
{
    private const byte Udp = 17;
    private const ushort IkePort = 500;

    /// <summary>
    /// The peer's identity must be one of those the policy accepts, with protocol and port 0/0 or UDP/500. Anything else aborts
    /// (RFC 2407 section 4.6.2): its proof was right, so it is the peer that says so and nobody else. With NAT traversal the port
    /// is 0 (RFC 3947 section 4), and UDP may stand beside it.
    /// </summary>
    public static Rejection? Check(IdentificationPayload identity, ConnectionPolicy policy)
    {
        var accepted = policy.RemoteIdentity;
        var isUdpWithoutPort = (identity.ProtocolId, identity.Port) is (Udp, 0) && policy.NatTraversal.Mode != NatTraversalMode.Off;
        if ((identity.ProtocolId, identity.Port) is not ((0, 0) or (Udp, IkePort)) && !isUdpWithoutPort)
        {
            return Refused($"protocol {identity.ProtocolId} and port {identity.Port} in a phase 1 identity");
        }

        if (FormProblem(identity) is { } problem)
        {
            return Refused(problem);
        }

        return accepted.Matches(identity) ? null : Refused($"the peer calls itself {identity}, expected {accepted}");
    }

    /// <summary>
    /// What is wrong with an identity whoever claims it: a single peer has no subnet or range (RFC 4945 section 3.1.4), and addresses have
    /// the size of addresses (section 3.1.1).
    /// </summary>
    public static string? FormProblem(IdentificationPayload identity) => identity.IdType switch
    {
        IdType.Ipv4Address => identity.Data.Length == 4 ? null : $"an IPv4 address of {identity.Data.Length} bytes",
        IdType.Ipv6Address => identity.Data.Length == 16 ? null : $"an IPv6 address of {identity.Data.Length} bytes",
        IdType.Fqdn or IdType.UserFqdn or IdType.KeyId or IdType.DerAsn1Dn or IdType.DerAsn1Gn =>
            identity.Data.IsEmpty ? $"an empty identity of type {identity.IdType}" : null,
        _ => $"type {identity.IdType} does not name a single peer",
    };

    /// <summary>Whether a certificate is one of whom the identity names; if not, the setup is aborted.</summary>
    public static Rejection? CheckBinding(IdentificationPayload identity, Certificate certificate, IPAddress peerAddress, bool verifyAddress)
    {
        if (!IsNamedBy(certificate, identity))
        {
            return Refused($"the certificate of {certificate} does not name {identity}");
        }

        return !verifyAddress || !identity.TryGetAddress(out var address) || address.Equals(peerAddress)
            ? null
            : Refused($"the peer calls itself {address} and sends from {peerAddress}") with { Clause = "RFC 4945 section 3.1.1" };
    }

    private static bool IsNamedBy(Certificate certificate, IdentificationPayload identity) => identity.IdType switch
    {
        IdType.Ipv4Address or IdType.Ipv6Address => HasName(certificate, SubjectAltNameKind.IpAddress, identity),
        IdType.Fqdn => HasName(certificate, SubjectAltNameKind.Dns, identity),
        IdType.UserFqdn => HasName(certificate, SubjectAltNameKind.Email, identity),
        IdType.DerAsn1Dn => certificate.SubjectDer.Span.SequenceEqual(identity.Data.Span)
            || HasName(certificate, SubjectAltNameKind.DirectoryName, identity),
        IdType.DerAsn1Gn => GeneralName.TryRead(identity.Data, out var inner) && IsNamedBy(certificate, inner),

        // A key ID names pre-shared keys (RFC 2407 section 4.6.2.12); no certificate can vouch for it.
        _ => false,
    };

    private static bool HasName(Certificate certificate, SubjectAltNameKind kind, IdentificationPayload identity) =>
        certificate.AltNames.Any(name => name.Kind == kind && IdentityPattern.SameData(identity.IdType, name.Value.Span, identity.Data.Span));

    private static Rejection Refused(string reason) =>
        new("RFC 2408 section 5.8", reason, NotifyType.InvalidIdInformation, IsFatal: true);
}
