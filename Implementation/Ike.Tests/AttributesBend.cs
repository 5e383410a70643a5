// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests;

/// <summary>Changes the payloads of transaction exchanges before they are hashed and encrypted.</summary>
internal sealed class AttributesBend : IOutboundSeams
{
    private readonly Func<OutboundMessage, ImmutableArray<Payload>, ImmutableArray<Payload>> _change;

    public AttributesBend(Func<OutboundMessage, ImmutableArray<Payload>, ImmutableArray<Payload>> change) => _change = change;

    public AttributesBend(ConfigurationMessageType type, Func<AttributesPayload, AttributesPayload> change)
        : this((_, payloads) => [.. payloads.Select(p => p is AttributesPayload a && a.MessageType == (byte)type ? change(a) : p)])
    {
    }

    public ImmutableArray<Payload> OnPayloads(OutboundMessage message, ImmutableArray<Payload> payloads) =>
        message.Exchange == ExchangeType.Transaction ? _change(message, payloads) : payloads;

    public byte[] OnPlainBytes(OutboundMessage message, byte[] plain) => plain;

    public byte[] OnProtectedBytes(OutboundMessage message, byte[] datagram) => datagram;
}
