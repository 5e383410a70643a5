// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.StepDefinitions.Tests.Support;

/// <summary>Bends one message of an exchange on its way out.</summary>
internal sealed class BentMessages(ExchangeType exchange, int number) : IOutboundSeams
{
    public Func<ImmutableArray<Payload>, IEnumerable<Payload>> Payloads { get; init; } = payloads => payloads;

    public Func<byte[], byte[]> Plain { get; init; } = plain => plain;

    public Func<byte[], byte[]> Datagram { get; init; } = datagram => datagram;

    /// <summary>Bends every payload of a kind.</summary>
    public static BentMessages Each<T>(ExchangeType exchange, int number, Func<T, Payload> change)
        where T : Payload => new(exchange, number)
        {
            Payloads = payloads => payloads.Select(payload => payload is T one ? change(one) : payload),
        };

    /// <summary>Bends the transforms of the SA payload.</summary>
    public static BentMessages Transforms(ExchangeType exchange, int number, Func<Transform, Transform> change) => Each<SaPayload>(exchange, number, sa => sa with
    {
        Proposals = [.. sa.Proposals.Select(proposal => proposal with { Transforms = [.. proposal.Transforms.Select(change)] })],
    });

    public ImmutableArray<Payload> OnPayloads(OutboundMessage message, ImmutableArray<Payload> payloads) => IsIt(message) ? [.. Payloads(payloads)] : payloads;

    public byte[] OnPlainBytes(OutboundMessage message, byte[] plain) => IsIt(message) ? Plain(plain) : plain;

    public byte[] OnProtectedBytes(OutboundMessage message, byte[] datagram) => IsIt(message) ? Datagram(datagram) : datagram;

    private bool IsIt(OutboundMessage message) => message.Exchange == exchange && message.Number == number;
}
