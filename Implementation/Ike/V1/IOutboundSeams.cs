// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1;

/// <summary>
/// The places where an outgoing message can be bent on purpose: as payloads, as plain bytes and as protected bytes.
/// The state machines know nothing of what is done there.
/// </summary>
public interface IOutboundSeams
{
    /// <summary>The identity that this endpoint claims in phase 1, and proves: every hash and signature covers the result.</summary>
    /// <param name="initiatorCookie">CKY-I of the IKE SA. Asked more than once for it; the answer must not change.</param>
    /// <param name="byInitiator">Whether this endpoint started phase 1.</param>
    /// <param name="identity">The policy's identity.</param>
    /// <returns>The identity to claim.</returns>
    IdentificationPayload OnIdentity(Cookie initiatorCookie, bool byInitiator, IdentificationPayload identity) => identity;

    /// <summary>The payloads before encoding. A protecting HASH that is not among them is computed over the result.</summary>
    /// <param name="message">Which message.</param>
    /// <param name="payloads">The honest payloads.</param>
    /// <returns>The payloads to encode.</returns>
    ImmutableArray<Payload> OnPayloads(OutboundMessage message, ImmutableArray<Payload> payloads);

    /// <summary>The encoded payloads, without the header, before encryption.</summary>
    /// <param name="message">Which message.</param>
    /// <param name="plain">The honest bytes.</param>
    /// <returns>The bytes to encrypt or, in a clear message, to send.</returns>
    byte[] OnPlainBytes(OutboundMessage message, byte[] plain);

    /// <summary>The whole datagram, header included, as it would leave.</summary>
    /// <param name="message">Which message.</param>
    /// <param name="datagram">The honest bytes.</param>
    /// <returns>The bytes to send.</returns>
    byte[] OnProtectedBytes(OutboundMessage message, byte[] datagram);
}
