// SPDX-License-Identifier: Apache-2.0

using System.Net;
using CsCheck;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using static Ipsec.Wire.V1.ConfigurationAttribute;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Ike.Tests;

/// <summary>draft-dukes-ike-mode-cfg-02: west is the client, east the server.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ModeConfigTests
{
    internal static readonly ModeConfigPolicy Puller = new() { Role = ModeConfigRole.PullingClient };

    internal static readonly ModeConfigPolicy Server = new()
    {
        Role = ModeConfigRole.AnsweringServer,
        Pools = [new(Address("198.18.77.1"), Address("198.18.77.3")), new(Address("2001:db8:77::1"), Address("2001:db8:77::ff"))],
        Netmask = Address("255.255.255.0"),
        DnsServers = [Address("198.19.0.53"), Address("198.19.0.54"), Address("2001:db8::53")],
        NbnsServers = [Address("198.19.0.42")],
        Subnets = [IPNetwork.Parse("198.19.0.0/16"), IPNetwork.Parse("2001:db8:1::/48")],
        AddressExpirySeconds = 3600,
        ApplicationVersion = "conformance suite",
    };

    [Test]
    public void AClientAsksForItsAddressBeforeQuickMode()
    {
        var ladder = Connected();
        NatTraversalTests.Complete(ladder);
        ladder.Wire.Select(w => MainModeTests.Header(w.Bytes).ExchangeType).Skip(6).Should().Equal(
            ExchangeType.Transaction, ExchangeType.Transaction, ExchangeType.QuickMode, ExchangeType.QuickMode, ExchangeType.QuickMode);
        XauthTests.Talk(ladder).Should().Equal("west Request 1,2,3,13", "east Reply 1,2,3,3,13");

        var got = ladder.West.Saw<ConfigurationAssigned>().Should().ContainSingle().Subject;
        got.IsServer.Should().BeFalse();
        got.Configuration.Addresses.Should().Equal(Address("198.18.77.1"));
        got.Configuration.Netmask.Should().Be(Address("255.255.255.0"));
        got.Configuration.DnsServers.Should().Equal(Address("198.19.0.53"), Address("198.19.0.54"));
        got.Configuration.Subnets.Should().Equal(IPNetwork.Parse("198.19.0.0/16"));
        ladder.East.Saw<ConfigurationAssigned>().Should().ContainSingle().Which.Configuration.Should().BeEquivalentTo(got.Configuration);
        ladder.West.Endpoint.ConfigurationOf("tunnel").Should().Be(got.Configuration);
    }

    [Test]
    public void ExtendedAuthenticationComesFirst()
    {
        var ladder = new Ladder(new PolicyPair().WithXauth().WithModeConfig(Puller, Server));
        ladder.Connect(ladder.West);
        NatTraversalTests.Complete(ladder);
        XauthTests.Talk(ladder).Select(t => t.Split(' ')[1]).Should().Equal("Request", "Reply", "Set", "Acknowledge", "Request", "Reply");
    }

    [Test]
    public void EverythingThatIsDefinedCanBeAskedFor()
    {
        var ladder = Connected();
        ladder.Do(ladder.West, new RequestConfiguration("tunnel", [
            InternalIp4Address, InternalIp4Netmask, InternalIp4Dns, InternalIp4Nbns, InternalAddressExpiry, InternalIp4Dhcp, ApplicationVersion,
            InternalIp6Address, InternalIp6Netmask, InternalIp6Dns, InternalIp6Nbns, InternalIp6Dhcp, InternalIp4Subnet, SupportedAttributes, InternalIp6Subnet]));

        var reply = XauthTests.Attributes(ladder.East).Last();
        reply.Attributes.Should().NotContain(a => a.Value.IsEmpty, "no value of a response has length zero (section 3.4)");
        reply.Attributes.Should().NotContain(a => a.IsBasic);
        var got = ladder.West.Saw<ConfigurationAssigned>().Last().Configuration;
        got.Addresses.Should().Equal(Address("198.18.77.1"), Address("2001:db8:77::1"));
        got.ExpirySeconds.Should().Be(3600);
        got.NbnsServers.Should().Equal(Address("198.19.0.42"));
        got.DhcpServers.Should().BeEmpty("there is none to give");
        got.DnsServers.Should().HaveCount(3);
        got.Subnets.Should().Equal(IPNetwork.Parse("198.19.0.0/16"), IPNetwork.Parse("2001:db8:1::/48"));
        got.ApplicationVersion.Should().Be("conformance suite");
        got.SupportedAttributes.Should().Equal(Enumerable.Range(1, 15).Select(i => (ushort)i));
        reply.Attributes.Single(a => a.Type == 15).Value.Length.Should().Be(17);
        reply.Attributes.Single(a => a.Type == 13).Value.ToArray().Should().Equal(198, 19, 0, 0, 255, 255, 0, 0);
    }

    [Test]
    public void OneSaCarriesManyTransactionsEachWithItsOwnMessageId()
    {
        var ladder = Connected();
        for (var i = 0; i < 5; i++)
        {
            ladder.Do(ladder.West, new RequestConfiguration("tunnel", [ApplicationVersion]));
            ladder.Do(ladder.East, new RequestConfiguration("tunnel", [ApplicationVersion]));
        }

        var ids = ladder.Wire.Select(w => MainModeTests.Header(w.Bytes)).Where(h => h.ExchangeType == ExchangeType.Transaction).Select(h => h.MessageId).ToArray();
        ids.Should().HaveCount(22);
        ids.Distinct().Should().HaveCount(11);
    }

    /// <summary>Section 2: a REPLY always comes, if need be without attributes.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void AReplyAlwaysComes(bool serverHasAPolicy)
    {
        var pair = new PolicyPair();
        var ladder = new Ladder(serverHasAPolicy ? pair with { East = pair.East with { ModeConfig = new() { Role = ModeConfigRole.AnsweringServer } } } : pair);
        ladder.Connect(ladder.West);
        ladder.Do(ladder.West, new RequestConfiguration("tunnel", [InternalIp4Nbns, (ConfigurationAttribute)16000, (ConfigurationAttribute)30000]));
        XauthTests.Talk(ladder).Should().Equal("west Request 4,16000,30000", "east Reply ");
        XauthTests.Attributes(ladder.East)[0].Identifier.Should().Be(XauthTests.Attributes(ladder.West)[0].Identifier);
    }

    [Test]
    public void AClientThatGetsNoAddressGivesUp()
    {
        var ladder = Connected(server: Server with { Pools = [] });
        ladder.West.Endpoint.EstablishedSas.Should().BeEmpty();
        ladder.East.Endpoint.EstablishedSas.Should().BeEmpty("a Delete was sent");
        ladder.West.Saw<IkeSaClosed>().Single().Reason.Should().Contain("mode config");
    }

    [TestCase("198.18.77.3", "198.18.77.3")]
    [TestCase("198.18.66.6", "198.18.77.1")]
    [TestCase("0.0.0.0", "198.18.77.1")]
    public void AWantedAddressIsASuggestion(string wanted, string given)
    {
        var ladder = Connected(Puller with { WantedAddress = Address(wanted) });
        ladder.West.Saw<ConfigurationAssigned>().Single().Configuration.Addresses.Should().Equal(Address(given));
    }

    /// <summary>Section 3.4: an address is valid as long as the IKE SA; a new one with the same peer finds it again.</summary>
    [Test]
    public void AnAddressIsKeptWhileAnIkeSaLivesAndThenFree()
    {
        var ladder = Connected();
        ladder.Do(ladder.West, new InitiateIkeSa("tunnel"));
        ladder.West.Saw<ConfigurationAssigned>().Should().HaveCount(2);
        ladder.West.Saw<ConfigurationAssigned>().SelectMany(c => c.Configuration.Addresses).Distinct().Should().ContainSingle();
        ladder.East.Saw<ConfigurationReleased>().Should().BeEmpty();
        ladder.Do(ladder.West, new DeleteIkeSa("tunnel"));
        ladder.East.Saw<ConfigurationReleased>().Should().ContainSingle().Which.Addresses.Should().Equal(Address("198.18.77.1"));
        ladder.Connect(ladder.West);
        ladder.West.Saw<ConfigurationAssigned>().Last().Configuration.Addresses.Should().Equal(Address("198.18.77.1"));
    }

    /// <summary>Section 5.1: quick mode needs the address, so a selector can wait for it.</summary>
    [Test]
    public void TheAddressTakesThePlaceOfASelector([Values] bool push)
    {
        var ladder = new Ladder(push
            ? WithSelectors(new() { Role = ModeConfigRole.PushedClient }, Server with { Role = ModeConfigRole.PushingServer })
            : WithSelectors(Puller, Server));
        ladder.Connect(ladder.West);
        NatTraversalTests.Complete(ladder);
        ladder.West.Endpoint.ChildSas[0].LocalSelector.ToString().Should().Be(IdentificationPayload.Ipv4Address(Address("198.18.77.1")).ToString());
        ladder.East.Endpoint.ChildSas[0].RemoteSelector.ToString().Should().Be(IdentificationPayload.Ipv4Address(Address("198.18.77.1")).ToString());
    }

    [Test]
    public void AClientMayOnlyUseTheAddressItWasGiven()
    {
        var honest = WithSelectors(Puller, Server);
        var liar = honest.West.Children[0] with { Assigned = AssignedSelector.None, LocalSelector = IdentificationPayload.Ipv4Address(Address("198.18.77.2")) };
        var ladder = new Ladder(honest with { West = honest.West with { Children = [liar] } });
        ladder.Connect(ladder.West);
        ladder.West.Saw<ConfigurationAssigned>().Should().ContainSingle();
        ladder.East.Endpoint.ChildSas.Should().BeEmpty();
        ladder.East.Saw<DatagramDiscarded>().Should().Contain(d => d.Reason.Contains("198.18.77.2", StringComparison.Ordinal));
    }

    [Test]
    public void APushedConfigurationIsAcknowledgedByWhatWasAccepted()
    {
        var ladder = Connected(new() { Role = ModeConfigRole.PushedClient }, Server with { Role = ModeConfigRole.PushingServer });
        NatTraversalTests.Complete(ladder);
        XauthTests.Talk(ladder).Should().Equal("east Set 1,2,5,3,3,4,13,8,10,15", "west Acknowledge 1,2,5,3,3,4,13,8,10,15");
        XauthTests.Attributes(ladder.West)[0].Attributes.Should().OnlyContain(a => a.Value.IsEmpty && !a.IsBasic);
        ladder.West.Saw<ConfigurationAssigned>().Single().Configuration.Addresses.Should().HaveCount(2);
        ladder.East.Saw<ConfigurationAssigned>().Single().Configuration.Addresses.Should().HaveCount(2);
    }

    [Test]
    public void UnknownAttributesOfASetAreNotAcknowledged()
    {
        var bend = new AttributesBend(ConfigurationMessageType.Set, a => a with { Attributes = a.Attributes.Insert(0, DataAttribute.Variable(30000, new byte[3])) });
        var ladder = Connected(new() { Role = ModeConfigRole.PushedClient }, Server with { Role = ModeConfigRole.PushingServer }, bend);
        NatTraversalTests.Complete(ladder);
        XauthTests.Talk(ladder)[1].Should().Be("west Acknowledge 1,2,5,3,3,4,13,8,10,15");
    }

    [Test]
    public void ASetToOneWhoWantsNoneIsAcknowledgedEmpty()
    {
        var ladder = new Ladder(new PolicyPair() with { East = new PolicyPair().East with { ModeConfig = Server } });
        ladder.Connect(ladder.West);
        ladder.Do(ladder.East, new PushConfiguration("tunnel"));
        XauthTests.Talk(ladder)[1].Should().Be("west Acknowledge ");
        ladder.West.Saw<ConfigurationAssigned>().Should().BeEmpty();
        ladder.East.Saw<ConfigurationAssigned>().Should().BeEmpty();
    }

    [Test]
    public void AClientThatIsNeverToldGivesUp()
    {
        var ladder = Connected(new() { Role = ModeConfigRole.PushedClient });
        ladder.West.Endpoint.ChildSas.Should().BeEmpty();
        ladder.Run(TimeSpan.FromMinutes(2));
        ladder.West.Endpoint.EstablishedSas.Should().BeEmpty();
        ladder.West.Saw<ExchangeFailed>().Should().Contain(f => f.Exchange == ExchangeType.Transaction);
    }

    internal static PolicyPair WithSelectors(ModeConfigPolicy client, ModeConfigPolicy server)
    {
        var pair = new PolicyPair().WithModeConfig(client, server);
        var pool = IdentificationPayload.Ipv4Subnet(Address("198.18.77.0"), 24);
        return pair with
        {
            West = pair.West with { Children = [pair.West.Children[0] with { LocalSelector = pool, Assigned = AssignedSelector.Local }] },
            East = pair.East with { Children = [pair.East.Children[0] with { RemoteSelector = pool, Assigned = AssignedSelector.Remote }] },
        };
    }

    internal static IPAddress Address(string text) => IPAddress.Parse(text);

    internal static Ladder Connected(ModeConfigPolicy? client = null, ModeConfigPolicy? server = null, Ike.V1.IOutboundSeams? seams = null)
    {
        var ladder = new Ladder(new PolicyPair().WithModeConfig(client ?? Puller, server ?? Server), seams: seams);
        ladder.Connect(ladder.West);
        return ladder;
    }
}
