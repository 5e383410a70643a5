// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Sa;
using Ipsec.Wire.V1;

namespace Ipsec.Daemon.Configuration;

/// <summary>Reads a child of a connection.</summary>
internal static class ChildReader
{
    private const string Local = "local";
    private const string Remote = "remote";
    private const string Suites = "suites";
    private const string Start = "start";

    public static (ChildPolicy Policy, ChildSettings Settings) Read(YamlFields fields, IPAddress local, IPAddress remote)
    {
        var name = fields.RequiredValue<string>("name", "", Texts.Plain);
        var mode = fields.Choice("mode", SaMode.Tunnel, ("tunnel", SaMode.Tunnel), ("transport", SaMode.Transport));
        var selectors = new SelectorPair(Selector(fields, Local, local, mode), Selector(fields, Remote, remote, mode));
        var start = fields.Choice(Start, StartMode.None, ("none", StartMode.None), ("trap", StartMode.Trap), ("initiate", StartMode.Initiate));
        if (start != StartMode.None && (remote.Equals(IPAddress.Any) || remote.Equals(IPAddress.IPv6Any)))
        {
            fields.Fail(Start, "must be none where the peer's address is not known");
        }

        if (!fields.Has(Suites))
        {
            fields.Fail(Suites, "is missing; for example ESP AES-GCM-16-128");
        }

        var suites = fields.Values<Phase2Suite>(Suites, SuiteTexts.Phase2);
        var populate = fields.Values<PopulateFromPacket>("populate", Populate).Aggregate(PopulateFromPacket.None, (all, one) => all | one);
        var policy = new ChildPolicy
        {
            MayBeNarrowed = populate != PopulateFromPacket.None,
            Name = name,
            LocalSelector = Identification(fields, Local, selectors.Local),
            RemoteSelector = Identification(fields, Remote, selectors.Remote),
            Suites = suites,
            Pfs = fields.Value("pfs", null, (ParseText<Crypto.KeyExchangeMethod?>)SuiteTexts.Group),
            Mode = mode == SaMode.Tunnel ? EncapsulationMode.Tunnel : EncapsulationMode.Transport,
            LifetimeSeconds = fields.Value<uint>("lifetime", 3600, Texts.Lifetime),
            LifetimeKilobytes = fields.Value<ulong?>("volume", null, Texts.Volume),
        };
        fields.RefuseOthers();
        return (policy, new(name, selectors, mode, start, populate));
    }

    /// <summary>In transport mode what is not said is the connection's own addresses.</summary>
    private static TrafficSelector Selector(YamlFields fields, string name, IPAddress address, SaMode mode) => mode == SaMode.Transport
        ? fields.Value<TrafficSelector>(name, TrafficSelector.Address(address), Texts.Selector)
        : fields.RequiredValue<TrafficSelector>(name, TrafficSelector.Address(address), Texts.Selector);

    private static IdentificationPayload Identification(YamlFields fields, string name, TrafficSelector selector)
    {
        if (selector.TryGetIdentification(out var identification))
        {
            return identification;
        }

        fields.Fail(name, $"{selector} has a range of ports; IKEv1 can say one port or all (RFC 2407 section 4.6.2)");
        return IdentificationPayload.Ipv4Address(IPAddress.Any);
    }

    private static string? Populate(string text, out PopulateFromPacket value)
    {
        (string Text, PopulateFromPacket Value)[] all =
        [
            ("local-address", PopulateFromPacket.LocalAddress),
            ("remote-address", PopulateFromPacket.RemoteAddress),
            ("protocol", PopulateFromPacket.Protocol),
            ("local-port", PopulateFromPacket.LocalPort),
            ("remote-port", PopulateFromPacket.RemotePort),
        ];
        foreach (var (name, flag) in all)
        {
            if (name == text)
            {
                value = flag;
                return null;
            }
        }

        value = PopulateFromPacket.None;
        return $"\"{text}\" is not one of {string.Join(", ", all.Select(one => one.Text))}";
    }
}
