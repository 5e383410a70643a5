// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Ike;
using Ipsec.Ike.Effects;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;

namespace Ipsec.Gateway;

/// <summary>What quick mode agreed, in the terms of the SAD (RFC 4301 section 4.4.2.1).</summary>
public static class ChildSaParameters
{
    private const int BundleSize = 2;
    private const ulong Kilobyte = 1024;

    /// <summary>The two SAs of a pair.</summary>
    /// <param name="pair">The pair.</param>
    /// <returns>Parameters of the inbound and of the outbound SA: of ESP or of AH, as the pair says.</returns>
    public static (SaParameters Inbound, SaParameters Outbound) Of(ChildSaPair pair) => (
        Of(pair, pair.InboundSpi, pair.RemoteAddress, pair.LocalAddress, pair.InboundKeyMaterial.Span, isInbound: true),
        Of(pair, pair.OutboundSpi, pair.LocalAddress, pair.RemoteAddress, pair.OutboundKeyMaterial.Span, isInbound: false));

    internal static string EntryName(string connection, string child) => $"{connection}/{child}";

    internal static TrafficSelector Selector(IdentificationPayload identification) =>
        TrafficSelector.TryFrom(identification, out var selector)
            ? selector
            : throw new ArgumentException($"{identification} is no address, subnet or range", nameof(identification));

    private static SaParameters Of(
        ChildSaPair pair, uint spi, IPAddress source, IPAddress destination, ReadOnlySpan<byte> keyMaterial, bool isInbound)
    {
        var name = EntryName(pair.Connection, pair.Child);
        var mode = Mode(pair);
        SaParameters parameters = pair.Protocol == IpsecProtocol.Ah
            ? AhSaParameters.FromKeyMaterial(name, spi, source, destination, pair.Integrity!, keyMaterial, mode, Selectors(pair))
            : EspSaParameters.FromKeyMaterial(
                name,
                spi,
                source,
                destination,
                pair.Encryption!,
                pair.Integrity,
                keyMaterial,
                mode,
                Selectors(pair),
                confidentialityOnly: pair.Integrity is null && !pair.Encryption!.IsAead) with
            {
                Nat = Nat(pair, isInbound),
            };
        return parameters with
        {
            ExtendedSequenceNumbers = pair.UseEsn,
            Lifetime = new SaLifetime(HardBytes: HardBytes(pair.LifetimeKilobytes)),
            Bundle = Bundle(pair, isInbound),
            ReplayWindowSize = parameters.ReplayWindowSize == 0 ? 0 : pair.ReplayWindow ?? parameters.ReplayWindowSize,
        };
    }

    // In a bundle AH goes around what ESP has made, and adds no second outer header (RFC 2401 section 4.3, transport adjacency).
    private static SaMode Mode(ChildSaPair pair) =>
        pair.Mode == EncapsulationMode.Tunnel && !(pair.BundleId is not null && pair.Protocol == IpsecProtocol.Ah) ? SaMode.Tunnel : SaMode.Transport;

    private static SaBundle? Bundle(ChildSaPair pair, bool isInbound) => pair.BundleId is { } id
        ? new SaBundle(((ulong)id << 1) | (isInbound ? 1u : 0u), pair.Protocol == IpsecProtocol.Ah ? 1 : 0, BundleSize)
        : null;

    private static SelectorPair Selectors(ChildSaPair pair)
    {
        var (local, remote) = (Selector(pair.LocalSelector), Selector(pair.RemoteSelector));

        // In transport mode a NAT has changed the very addresses that selectors look at: packets show those of this side of it.
        return pair is { Mode: EncapsulationMode.Transport, Udp: not null }
            ? new(At(local, pair.LocalAddress), At(remote, pair.RemoteAddress))
            : new(local, remote);
    }

    private static TrafficSelector At(TrafficSelector selector, IPAddress address)
    {
        var host = TrafficSelector.Address(address);
        return selector.IsOpaquePort ? host.ForOpaque(selector.Protocol) : host.For(selector.Protocol, selector.FirstPort, selector.LastPort);
    }

    private static NatEncapsulation? Nat(ChildSaPair pair, bool isInbound)
    {
        if (pair.Udp is not { } udp)
        {
            return null;
        }

        if (!isInbound)
        {
            return new(udp.LocalPort, udp.RemotePort);
        }

        // What the peer told are the addresses of the packets as it sends them. A peer of the drafts tells only its own.
        var told = pair.PeerOriginalAddresses;
        return new(udp.RemotePort, udp.LocalPort)
        {
            OriginalSource = Number(pair.IsInitiator ? told?.Responder : told?.Initiator),
            OriginalDestination = Number(pair.IsInitiator ? told?.Initiator : told?.Responder),
        };
    }

    private static AddressNumber? Number(IPAddress? address) => address is null ? null : AddressNumber.From(address);

    private static long? HardBytes(ulong? kilobytes) => kilobytes <= long.MaxValue / Kilobyte ? (long)(kilobytes.Value * Kilobyte) : null;
}
