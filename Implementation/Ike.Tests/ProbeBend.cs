// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests;

/// <summary>Changes every notification of one type before it is hashed and encrypted.</summary>
internal sealed class ProbeBend(NotifyType type, Func<NotificationPayload, NotificationPayload> change) : IOutboundSeams
{
    public ImmutableArray<Payload> OnPayloads(OutboundMessage message, ImmutableArray<Payload> payloads) =>
        [.. payloads.Select(p => p is NotificationPayload n && n.NotifyType == type ? change(n) : p)];

    public byte[] OnPlainBytes(OutboundMessage message, byte[] plain) => plain;

    public byte[] OnProtectedBytes(OutboundMessage message, byte[] datagram) => datagram;
}
