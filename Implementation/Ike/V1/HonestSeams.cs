// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1;

/// <summary>Leaves every message as it is.</summary>
public sealed class HonestSeams : IOutboundSeams
{
    /// <summary>The only instance needed.</summary>
    public static HonestSeams Instance { get; } = new();

    /// <inheritdoc/>
    public ImmutableArray<Payload> OnPayloads(OutboundMessage message, ImmutableArray<Payload> payloads) => payloads;

    /// <inheritdoc/>
    public byte[] OnPlainBytes(OutboundMessage message, byte[] plain) => plain;

    /// <inheritdoc/>
    public byte[] OnProtectedBytes(OutboundMessage message, byte[] datagram) => datagram;
}
