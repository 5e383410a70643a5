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
