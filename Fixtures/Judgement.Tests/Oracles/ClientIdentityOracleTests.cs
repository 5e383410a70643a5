// SPDX-License-Identifier: Apache-2.0

using System.Net;
using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Sa;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

[Parallelizable(ParallelScope.All)]
public sealed class ClientIdentityOracleTests
{
    private static readonly IReadOnlyList<ObservedIke> Seen = [.. Conversation.Recorded().OfType<ObservedIke>().Skip(6)];
    private static readonly TrafficSelector West = TrafficSelector.Subnet("198.18.0.0/24");
    private static readonly TrafficSelector East = TrafficSelector.Subnet("198.19.0.0/24");

    private static IEnumerable<TestCaseData> Layouts =>
    [
        Case(IdType.Ipv4Address, "c6120001", true),
        Case(IdType.Ipv4Address, "c61200", false),
        Case(IdType.Ipv4Address, "c612000100", false),
        Case(IdType.Ipv4Subnet, "c6120000ffff0000", true),
        Case(IdType.Ipv4Subnet, "c612000000000000", true),
        Case(IdType.Ipv4Subnet, "c6120005ffffffff", true),
        Case(IdType.Ipv4Subnet, "ffff0000c6120000", false),
        Case(IdType.Ipv4Subnet, "c6120000", false),
        Case(IdType.Ipv4Subnet, "c612000010", false),
        Case(IdType.Ipv4Range, "c6120001c6120009", true),
        Case(IdType.Ipv4Range, "c6120001c6120001", true),
        Case(IdType.Ipv4Range, "c6120009c6120001", false),
        Case(IdType.Ipv4Range, "c6120001", false),
        Case(IdType.Ipv6Address, "20010db8000000000000000000000001", true),
        Case(IdType.Ipv6Address, "c6120001", false),
        Case(IdType.Ipv6Subnet, "20010db8000000000000000000000000ffffffff000000000000000000000000", true),
        Case(IdType.Ipv6Subnet, "ffffffff00000000000000000000000020010db8000000000000000000000000", false),
        Case(IdType.Ipv6Range, "20010db800000000000000000000000120010db8000000000000000000000009", true),
        Case(IdType.Ipv6Range, "20010db800000000000000000000000920010db8000000000000000000000001", false),
        Case(IdType.Fqdn, "61", false),
        Case(IdType.KeyId, "61", false),
    ];

    [TestCaseSource(nameof(Layouts))]
    public void Layout(IdType type, string data, bool isRight) =>
        (ClientIdentityOracle.Layout(Seen.But(1, m => Ids(m, 1, _ => new(type, 0, 0, Convert.FromHexString(data))))) is null).Should().Be(isRight);

    [Test]
    public void HonestIdentities()
    {
        ClientIdentityOracle.Layout(Seen).Should().BeNull();
        ClientIdentityOracle.Name(Seen, West, East).Should().BeNull();
        ClientIdentityOracle.NoneOr([Seen[2]], West, East).Should().BeNull("message 3 names none");
        ClientIdentityOracle.NoneOr(Seen, West, East).Should().BeNull();
    }

    [Test]
    public void OtherTypesMayMeanTheSame() => ClientIdentityOracle.Name(
        Seen.But(1, m => Ids(m, 0, _ => IdentificationPayload.Ipv4Range(IPAddress.Parse("198.18.0.0"), IPAddress.Parse("198.18.0.255")))), West, East).Should().BeNull();

    [Test]
    public void IdentitiesThatMeanSomethingElse()
    {
        ClientIdentityOracle.Name(Seen, East, West)!.Legal.Should().Be("198.19.0.0/24, then 198.18.0.0/24");
        ClientIdentityOracle.Name(Seen.But(1, m => Ids(m, 1, id => new(id.IdType, 17, 0, id.Data))), West, East).Should().NotBeNull();
        ClientIdentityOracle.Name(Seen.But(1, m => Ids(m, 1, id => new(id.IdType, 17, 53, id.Data))), West, East).Should().NotBeNull();
        ClientIdentityOracle.Name(Seen.But(1, m => m.WithPayloads(payloads => payloads.SkipLast(1))), West, East).Should().NotBeNull("one is not two");
        ClientIdentityOracle.Name(Seen.But(1, m => m.WithPayloads(payloads => [.. payloads, payloads[^1]])), West, East).Should().NotBeNull("three are not two");
    }

    [Test]
    public void NothingToJudgeProvesNothing()
    {
        var none = new Finding("client identities to judge", "none");
        ClientIdentityOracle.Layout([Seen[2]]).Should().Be(none);
        ClientIdentityOracle.Name([Seen[2]], West, East).Should().Be(none);
        ClientIdentityOracle.NoneOr([], West, East).Should().Be(new Finding("messages to judge", "none"));
        ClientIdentityOracle.NoneOr(Seen, East, West).Should().NotBeNull();
        ClientIdentityOracle.Layout([Seen[0].Unread()])!.Came.Should().EndWith("no key");
        ClientIdentityOracle.Name([Seen[0].Unread()], West, East)!.Came.Should().EndWith("no key");
        ClientIdentityOracle.NoneOr([Seen[0].Unread()], West, East)!.Came.Should().EndWith("no key");
    }

    private static TestCaseData Case(IdType type, string data, bool isRight) => new TestCaseData(type, data, isRight).SetArgDisplayNames($"{type} of {data}");

    private static ObservedIke Ids(ObservedIke message, int at, Func<IdentificationPayload, IdentificationPayload> change)
    {
        var seen = 0;
        return message.WithPayloads(payloads => payloads.Select(payload => payload is IdentificationPayload id && seen++ == at ? change(id) : payload));
    }
}
