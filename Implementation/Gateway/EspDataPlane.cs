// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Esp;
using Ipsec.Ike.Effects;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;

namespace Ipsec.Gateway;

/// <summary>The ESP half of a gateway: its SPD, its SADs, and the packets that go through them (RFC 4301 section 5).</summary>
public sealed class EspDataPlane(IRandomSource random) : IDisposable
{
    private const int LargestPacket = 65535;

    private readonly TunnelEncapsulator _encapsulator = new();

    // One a direction: a packet that was just opened stays readable while its answer is protected.
    private readonly byte[] _outer = new byte[LargestPacket];
    private readonly byte[] _inner = new byte[LargestPacket];

    /// <summary>The policy, ordered.</summary>
    public Spd Spd { get; } = new();

    /// <summary>SAs on which this gateway receives.</summary>
    public Sad<EspInboundSa> Inbound { get; } = new();

    /// <summary>SAs on which this gateway sends.</summary>
    public Sad<EspOutboundSa> Outbound { get; } = new();

    /// <summary>Outcomes that belong to no SA, such as an unknown SPI.</summary>
    public EspCounters Unattributed { get; } = new();

    /// <summary>Puts a negotiated pair to use.</summary>
    /// <param name="pair">Both directions.</param>
    /// <exception cref="InvalidOperationException">An SPI is in use already, which the IKE endpoint does not let happen; nothing was installed.</exception>
    public void Install(ChildSaPair pair)
    {
        var (inbound, outbound) = Parameters(pair);
        if (Inbound.TryFind(pair.InboundSpi, pair.LocalAddress, out _) || Outbound.TryFind(pair.OutboundSpi, pair.RemoteAddress, out _))
        {
            throw new InvalidOperationException($"an SA with SPI 0x{pair.InboundSpi:x8} or 0x{pair.OutboundSpi:x8} exists already");
        }

        Inbound.TryAdd(new EspInboundSa(inbound));
        Outbound.TryAdd(new EspOutboundSa(outbound, random));
    }

    /// <summary>Takes a pair out of use; packets on its SPIs are unknown from now on.</summary>
    /// <param name="pair">The pair as it was installed.</param>
    public void Remove(ChildSaPair pair)
    {
        if (Inbound.TryRemove(pair.InboundSpi, pair.LocalAddress, out var inbound))
        {
            inbound.Dispose();
        }

        if (Outbound.TryRemove(pair.OutboundSpi, pair.RemoteAddress, out var outbound))
        {
            outbound.Dispose();
        }
    }

    /// <summary>Protects a packet from the inner side (RFC 4301 section 5.1), with the newest SA that its policy has.</summary>
    /// <param name="innerPacket">The IPv4 packet.</param>
    /// <param name="outerPacket">The packet to send; valid until the next call.</param>
    /// <returns>False when the policy discards it, there is no SA for it, or the SA cannot carry it.</returns>
    public bool TryProtect(ReadOnlySpan<byte> innerPacket, out ReadOnlySpan<byte> outerPacket)
    {
        outerPacket = default;
        if (!PacketSelectors.TryRead(innerPacket, out var selectors))
        {
            return false;
        }

        var entry = Spd.LookupOutbound(selectors);
        if (entry.Action != SpdAction.Protect || !Outbound.TryFindOutbound(entry.Name, selectors, out var sa))
        {
            return false;
        }

        if (_encapsulator.TryEncapsulate(sa, innerPacket, _outer, out var written) != EspOutcome.Ok)
        {
            return false;
        }

        outerPacket = _outer.AsSpan(0, written);
        return true;
    }

    /// <summary>Opens a packet from the outer side (RFC 4301 section 5.2).</summary>
    /// <param name="packet">The outer IPv4 packet.</param>
    /// <param name="innerPacket">What was in it; valid until the next call.</param>
    /// <returns>Ok, or why it was discarded.</returns>
    public EspOutcome TryUnprotect(ReadOnlySpan<byte> packet, out ReadOnlySpan<byte> innerPacket)
    {
        innerPacket = default;
        if (!Ipv4Header.TryRead(packet, out var outer, out _))
        {
            return Unattributed.Count(EspOutcome.TooShort);
        }

        var espPacket = packet[outer.HeaderLength..outer.TotalLength];
        if (!EspHeader.TryRead(espPacket, out var esp, out _))
        {
            return Unattributed.Count(EspOutcome.TooShort);
        }

        if (!Inbound.TryFind(esp.Spi, out var sa))
        {
            return Unattributed.Count(EspOutcome.UnknownSpi);
        }

        var outcome = TunnelDecapsulator.TryDecapsulate(sa, outer, espPacket, _inner, out var written);
        innerPacket = _inner.AsSpan(0, written);
        return outcome;
    }

    /// <summary>The two SAs of a pair in RFC 4301's terms.</summary>
    /// <param name="pair">The pair.</param>
    /// <returns>Parameters of the inbound and of the outbound SA.</returns>
    public static (EspSaParameters Inbound, EspSaParameters Outbound) Parameters(ChildSaPair pair)
    {
        var selectors = new SelectorPair(Selector(pair.LocalSelector), Selector(pair.RemoteSelector));
        var mode = pair.Mode == EncapsulationMode.Tunnel ? SaMode.Tunnel : SaMode.Transport;
        var name = EntryName(pair.Connection, pair.Child);
        var inbound = EspSaParameters.FromKeyMaterial(
            name,
            pair.InboundSpi,
            pair.RemoteAddress,
            pair.LocalAddress,
            pair.Encryption,
            pair.Integrity,
            pair.InboundKeyMaterial.Span,
            mode,
            selectors);
        var outbound = EspSaParameters.FromKeyMaterial(
            name,
            pair.OutboundSpi,
            pair.LocalAddress,
            pair.RemoteAddress,
            pair.Encryption,
            pair.Integrity,
            pair.OutboundKeyMaterial.Span,
            mode,
            selectors);
        return (inbound, outbound);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var sa in Inbound.All)
        {
            sa.Dispose();
        }

        foreach (var sa in Outbound.All)
        {
            sa.Dispose();
        }
    }

    internal static string EntryName(string connection, string child) => $"{connection}/{child}";

    internal static TrafficSelector Selector(IdentificationPayload identification) =>
        TrafficSelector.TryFrom(identification, out var selector)
            ? selector
            : throw new ArgumentException($"{identification} is not an IPv4 address, subnet or range", nameof(identification));
}
