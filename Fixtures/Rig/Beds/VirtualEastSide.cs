// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Gateway;
using Ipsec.Ike;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Sa;
using Ipsec.Transports.InMemory;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>Our own implementation in the place of the judged peer.</summary>
internal sealed class VirtualEastSide : IEastSide
{
    private readonly VirtualEventLoop _loop;
    private readonly GatewayWitness _witness = new();
    private PeerPolicy? _policy;

    public VirtualEastSide(SecurityGateway gateway, VirtualEventLoop loop)
    {
        Gateway = gateway;
        _loop = loop;
        gateway.Observe(_witness);
    }

    public SecurityGateway Gateway { get; }

    public ImmutableArray<(string Name, string Text)> RenderedConfiguration =>
        _policy is null ? [] : [("policy.txt", Describe(_policy))];

    public Task ConfigureAsync(PeerPolicy policy)
    {
        var errors = Gateway.Add(IkeV1Policy.From(policy, RetransmissionPolicy.Default));
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(policy));
        }

        _policy = policy;
        return Task.CompletedTask;
    }

    public Task InitiateIkeSaAsync() => Command(new InitiateIkeSa(Policy.Name));

    public Task InitiateChildAsync(string child) => Command(new InitiateChildSa(Policy.Name, child));

    /// <summary>In IKEv1 a rekey is one more quick mode for the same traffic (RFC 2408 section 4.3).</summary>
    public Task RekeyChildAsync(string child) => InitiateChildAsync(child);

    public Task DeleteChildAsync(string child) =>
        Command(new DeleteChildSa(Gateway.ChildSas.Last(pair => pair.Child == child).InboundSpi));

    public Task DeleteIkeSaAsync() => Command(new DeleteIkeSa(Policy.Name));

    public Task PingAsync(IPAddress source, IPAddress destination, int count)
    {
        for (ushort sequence = 1; sequence <= count; sequence++)
        {
            var payload = Encoding.ASCII.GetBytes($"conformance echo from east, number {sequence:D5}, as long as ping's own");
            Gateway.SendInner(EchoNetwork.Request(Ipv4Header.ToNumber(source), Ipv4Header.ToNumber(destination), 0x4541, sequence, payload));
        }

        return Task.CompletedTask;
    }

    public Task<PeerSas> ListSasAsync() => Task.FromResult(List());

    public Task<PeerSas> WaitForSasAsync(Func<PeerSas, bool> condition, TimeSpan deadline)
    {
        _loop.WaitUntil(() => condition(List()), deadline);
        return Task.FromResult(List());
    }

    public Task<string> ReadLogAsync() => Task.FromResult(string.Join('\n', _witness.Effects.Select(Line)) + "\n");

    private PeerPolicy Policy => _policy ?? throw new InvalidOperationException("east has no policy yet");

    private static string Line(IkeEffect effect) => effect switch
    {
        MessageTraced traced => $"{(traced.IsSent ? "sent" : "received")}{(traced.IsRepeat ? " again" : "")} {traced.Message}",
        _ => effect.ToString(),
    };

    private static string Describe(PeerPolicy policy)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"connection {policy.Name}: {policy.Identity} at {policy.Address}, peer {policy.RemoteIdentity} at {policy.RemoteAddress}\n");
        text.Append(CultureInfo.InvariantCulture, $"pre-shared key \"{policy.PreSharedKey}\" (throw-away)\n");
        text.AppendJoin('\n', policy.Phase1.Select(suite => $"phase 1: {suite}, {suite.LifetimeSeconds} s")).Append('\n');
        foreach (var child in policy.Children)
        {
            var pfs = child.Pfs is null ? "no PFS" : $"PFS in {child.Pfs.Name}";
            text.Append(CultureInfo.InvariantCulture, $"child {child.Name}: {child.Local} === {child.Remote}, {string.Join(" or ", child.Suites)}, {pfs}, {child.LifetimeSeconds} s\n");
        }

        return text.ToString();
    }

    private Task Command(IkeInput command)
    {
        Gateway.Command(command);
        return Task.CompletedTask;
    }

    private PeerSas List() => new(
        [.. Gateway.IkeSas.Select(sa => new PeerIkeSa(sa.InitiatorCookie, sa.ResponderCookie, sa.IsInitiator, IsEstablished: true))],
        [.. Gateway.ChildSas.Select(Child)]);

    private PeerChildSa Child(ChildSaPair pair)
    {
        var plane = Gateway.DataPlane;
        return new(pair.Child, pair.InboundSpi, pair.OutboundSpi, Packets(plane.Inbound, pair.InboundSpi), Packets(plane.Outbound, pair.OutboundSpi));
    }

    private static long Packets<T>(Sad<T> sad, uint spi)
        where T : class, ISecurityAssociation => sad.TryFind(spi, out var sa) ? sa.Usage.Packets : 0;
}
