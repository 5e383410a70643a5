// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Faults;
using Ipsec.Ike.V1;
using Ipsec.Wire;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using static Ipsec.Faults.PayloadOperation;

namespace Ipsec.Ike.Tests.Faults;

[Parallelizable(ParallelScope.All)]
public sealed class FaultSeamsTests
{
    private static readonly OutboundMessage Third = new(ExchangeType.IdentityProtection, ByInitiator: true, 3, 0);
    private static readonly OutboundMessage Quick = new(ExchangeType.QuickMode, ByInitiator: true, 1, 77);
    private static readonly ImmutableArray<Payload> Pair = [new KeyExchangePayload(new byte[] { 1, 2, 3 }), new NoncePayload(new byte[] { 4, 5, 6, 7 })];

    [Test]
    public void AFaultIsAppliedOnceAndCounted()
    {
        var seams = new FaultSeams();
        seams.Add(OnPayload(FaultSeam.Message, PayloadType.Nonce, new Remove()));
        seams.OnPayloads(Third, Pair).Should().Equal(Pair[0]);
        seams.Applied("fault").Should().Be(1);
        seams.OnPayloads(Third, Pair).Should().Equal(Pair, "the next message of the kind is honest");
        seams.Applied("fault").Should().Be(1);
    }

    [TestCase(ExchangeType.Aggressive, 3, null)]
    [TestCase(ExchangeType.IdentityProtection, 4, null)]
    [TestCase(ExchangeType.IdentityProtection, 3, false)]
    public void OtherMessagesAreLeftAlone(ExchangeType exchange, int number, bool? byInitiator)
    {
        var seams = new FaultSeams();
        seams.Add(OnPayload(FaultSeam.Message, PayloadType.Nonce, new Remove(), new MessageSelector(exchange, number) { ByInitiator = byInitiator }));
        seams.OnPayloads(Third, Pair).Should().Equal(Pair);
        seams.Applied("fault").Should().Be(0);
    }

    [Test]
    public void APayloadThatIsNotThereIsNotBent()
    {
        var seams = new FaultSeams();
        seams.Add(OnPayload(FaultSeam.Message, PayloadType.Sa, new Remove()));
        Send(seams, Third, Pair, hash: null);
        seams.Applied("fault").Should().Be(0);
        seams.Sent.Should().BeEmpty();
    }

    [Test]
    public void TheProtectingHashIsBentInThePlainBytes()
    {
        var seams = new FaultSeams();
        seams.Add(OnPayload(FaultSeam.PlainBytes, PayloadType.Hash, new Fill(9), new(ExchangeType.QuickMode, 1)));
        var plain = Send(seams, Quick, Pair, hash: [1, 2, 3, 4])[IsakmpHeader.Size..];
        PayloadChain.TryRead(PayloadType.Hash, plain, 0, out var payloads, out _, out _).Should().BeTrue();
        payloads.Select(payload => payload.Type).Should().Equal(PayloadType.Hash, PayloadType.KeyExchange, PayloadType.Nonce);
        ((HashPayload)payloads[0]).Hash.ToArray().Should().Equal(9, 9, 9, 9);
    }

    [Test]
    public void WhatLeftIsRememberedWithTheExchangeThatItBelongsTo()
    {
        var seams = new FaultSeams();
        seams.Add(OnBytes(new BytesOperation.SetHeader(HeaderField.InitiatorCookie, 0)));
        var datagram = Send(seams, Third, Pair, hash: null);
        var sent = seams.Sent.Should().ContainSingle().Which;
        sent.Datagram.ToArray().Should().Equal(datagram);
        sent.Header.InitiatorCookie.Should().Be(new Cookie(5));
        sent.Payloads.Should().Equal(Pair);
        IsakmpHeader.TryRead(datagram, out var header, out _).Should().BeTrue();
        header.InitiatorCookie.IsZero.Should().BeTrue();
    }

    [Test]
    public void InClearTakesThePlainBytes()
    {
        var seams = new FaultSeams();
        seams.Add(OnBytes(new BytesOperation.InClear()));
        seams.OnPayloads(Third, Pair);
        var plain = seams.OnPlainBytes(Third, Encode(Pair));
        var clear = seams.OnProtectedBytes(Third, [.. Header(IsakmpFlags.Encryption, 64), .. new byte[64]]);
        clear[IsakmpHeader.Size..].Should().Equal(plain);
        IsakmpMessage.TryReadClear(clear, out var message, out _).Should().BeTrue();
        message!.Header.IsEncrypted.Should().BeFalse();
        message.Payloads.Should().Equal(Pair);
    }

    [Test]
    public void AFaultOfTheWayIsRefused() => FluentActions
        .Invoking(() => new FaultSeams().Add(new FlowFault("f", new(ExchangeType.QuickMode, 1), FlowOperation.Drop, 1, "c", [])))
        .Should().Throw<ArgumentException>();

    private static PayloadFault OnPayload(FaultSeam seam, PayloadType type, PayloadOperation operation, MessageSelector? selector = null) =>
        new("fault", seam, (selector ?? new(ExchangeType.IdentityProtection, 3)) with { Payload = new(type) }, operation, "clause", []);

    private static BytesFault OnBytes(BytesOperation operation) =>
        new("fault", FaultSeam.ProtectedBytes, new(ExchangeType.IdentityProtection, 3) { ByInitiator = true }, operation, "clause", []);

    /// <summary>As an endpoint does it, but without encryption.</summary>
    private static byte[] Send(FaultSeams seams, OutboundMessage message, ImmutableArray<Payload> payloads, byte[]? hash)
    {
        var bent = seams.OnPayloads(message, payloads);
        var plain = seams.OnPlainBytes(message, Encode(hash is null ? bent : [new HashPayload(hash), .. bent]));
        return seams.OnProtectedBytes(message, [.. Header(IsakmpFlags.None, plain.Length), .. plain]);
    }

    private static byte[] Header(IsakmpFlags flags, int length)
    {
        var writer = new WireWriter();
        new IsakmpHeader(new(5), new(6), PayloadType.KeyExchange, IsakmpHeader.Version10, ExchangeType.IdentityProtection, flags, 0, (uint)(IsakmpHeader.Size + length)).Write(writer);
        return writer.ToArray();
    }

    private static byte[] Encode(ImmutableArray<Payload> payloads)
    {
        var writer = new WireWriter();
        PayloadChain.Write(writer, payloads);
        return writer.ToArray();
    }
}
