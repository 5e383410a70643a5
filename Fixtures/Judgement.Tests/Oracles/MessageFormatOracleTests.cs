// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

/// <summary>Ports, chains of payloads and vendor IDs.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MessageFormatOracleTests
{
    private static readonly IReadOnlyList<ObservedIke> Seen = [.. Conversation.Recorded(delete: true).OfType<ObservedIke>()];

    [Test]
    public void HonestMessagesKeepTheRules()
    {
        PortOracle.StaysOn(Seen, 500).Should().BeNull();
        ChainOracle.Whole(Seen).Should().BeNull();
        ChainOracle.NothingOfTheSaBehindIt(Seen).Should().BeNull();
        VendorOracle.OnlyInPhase1(Seen).Should().BeNull();
        VendorOracle.NoPrivatePayload(Seen).Should().BeNull();
    }

    [Test]
    public void NoMessageProvesNothing()
    {
        PortOracle.StaysOn([], 500)!.Came.Should().Be("none");
        ChainOracle.Whole([]).Should().NotBeNull();
        ChainOracle.NothingOfTheSaBehindIt([]).Should().NotBeNull();
        VendorOracle.OnlyInPhase1([.. Seen.Take(6)]).Should().Be(new Finding("messages of phase 2 to judge", "none"));
        VendorOracle.NoPrivatePayload([]).Should().NotBeNull();
        ChainOracle.Whole(Seen.But(6, m => m.Unread()))!.Came.Should().EndWith("no key");
        VendorOracle.OnlyInPhase1(Seen.But(6, m => m.Unread()))!.Came.Should().EndWith("no key");
        VendorOracle.NoPrivatePayload(Seen.But(6, m => m.Unread()))!.Came.Should().EndWith("no key");
    }

    [TestCase(501, 500)]
    [TestCase(500, 4500)]
    public void AnotherPort(int source, int destination) =>
        PortOracle.StaysOn(Seen.But(1, m => m with { Udp = m.Udp with { SourcePort = (ushort)source, DestinationPort = (ushort)destination } }), 500)!
            .Came.Should().StartWith("frame 2").And.Contain($"{source}").And.Contain($"{destination}");

    [Test]
    public void BrokenChainsInClear()
    {
        Clear(bytes => bytes[IsakmpHeader.Size] = 13)!.Came.Should().Be("frame 2: the last payload names a next one");
        Clear(bytes => bytes[IsakmpHeader.Size + 3]++)!.Came.Should().Contain("octets in ");
        Clear(bytes => bytes[IsakmpHeader.Size + 3]--)!.Came.Should().Contain("octets in ");
        Clear(bytes => bytes[IsakmpHeader.Size + 3] = 3)!.Came.Should().Contain("payloads of 4 octets in ");
        ChainOracle.Whole(Seen.But(1, m => m with { Datagram = (byte[])[.. m.Datagram.Span, 0] }))!.Came.Should().Contain("octets in ");
    }

    [Test]
    public void BrokenChainsUnderEncryption()
    {
        ChainOracle.Whole(Seen.But(7, m => Raw(m, m.Message!.Payloads.Length - 1, octets => octets[0] = 5)))!.Came.Should().Be("frame 8: the last payload names a next one");
        ChainOracle.Whole(Seen.But(7, m => Raw(m, 1, octets => octets[3]++)))!.Came.Should().StartWith("frame 8: payloads of ");
    }

    [TestCase(PayloadType.Proposal)]
    [TestCase(PayloadType.Transform)]
    public void AnSaThatNamesAPartOfItself(PayloadType next)
    {
        ChainOracle.NothingOfTheSaBehindIt(Seen.But(7, m => Raw(m, 1, octets => octets[0] = (byte)next)))!.Came.Should().Be($"frame 8: next payload {(byte)next} in an SA payload");
        ChainOracle.NothingOfTheSaBehindIt(Seen.But(1, m => Octets(m, bytes => bytes[IsakmpHeader.Size] = (byte)next)))!.Came.Should().StartWith("frame 2");
    }

    [Test]
    public void AVendorIdInPhase2()
    {
        VendorIdPayload vendor = new(new byte[16]);
        VendorOracle.OnlyInPhase1(Seen.But(1, m => m.WithPayloads(payloads => [.. payloads, vendor]))).Should().BeNull();
        VendorOracle.OnlyInPhase1(Seen.But(7, m => m.WithPayloads(payloads => [.. payloads, vendor])))!.Came.Should().StartWith("frame 8: east: Quick Mode");
        VendorOracle.OnlyInPhase1(Seen.But(9, m => m.WithPayloads(payloads => [.. payloads, vendor])))!.Came.Should().StartWith("frame 14: west: Informational");
    }

    [Test]
    public void PrivatePayloads()
    {
        VendorOracle.NoPrivatePayload(Seen.But(1, m => m.WithPayloads(payloads => [.. payloads, new UnknownPayload((PayloadType)128, default)])))!.Came.Should().StartWith("frame 2");
        VendorOracle.NoPrivatePayload(Seen.But(1, m => m.WithPayloads(payloads => [.. payloads, new UnknownPayload((PayloadType)127, default)]))).Should().BeNull();
        VendorOracle.NoPrivatePayload(Seen.But(1, m => m with { Pieces = 2 }))!.Came.Should().EndWith("in pieces");
        var piece = new ObservedFragment(3, default, "east", "west", default, null, Seen[0].Header, new FragmentPayload(1, 1, 0, new byte[4]));
        VendorOracle.NoPrivatePayload([Seen[0], piece])!.Came.Should().Contain("type 132");
    }

    private static Finding? Clear(Action<byte[]> change) => ChainOracle.Whole(Seen.But(1, m => Octets(m, change)));

    private static ObservedIke Octets(ObservedIke message, Action<byte[]> change)
    {
        var bytes = message.Datagram.ToArray();
        change(bytes);
        return message with { Datagram = bytes };
    }

    private static ObservedIke Raw(ObservedIke message, int at, Action<byte[]> change) => message.WithPayloads(payloads => payloads.Select((payload, i) =>
    {
        var octets = payload.Raw.ToArray();
        if (i == at)
        {
            change(octets);
        }

        return payload with { Raw = octets };
    }));
}
