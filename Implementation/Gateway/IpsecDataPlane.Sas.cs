// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Esp;
using Ipsec.Ike.Effects;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;

namespace Ipsec.Gateway;

/// <content>The SAs that come, move and go. For one thread at a time, while others pass packets.</content>
public sealed partial class IpsecDataPlane
{
    /// <summary>Gets ready to receive on a pair that is not yet complete.</summary>
    /// <param name="pair">The pair.</param>
    /// <exception cref="InvalidOperationException">An SPI is in use already, which the IKE endpoint does not let happen; nothing was installed.</exception>
    public void InstallInbound(ChildSaPair pair) => Prepare(pair, ChildSaParameters.Of(pair).Inbound);

    /// <summary>Puts a negotiated pair to use; traffic moves to it at once.</summary>
    /// <param name="pair">Both directions.</param>
    /// <exception cref="InvalidOperationException">An SPI is in use already, which the IKE endpoint does not let happen; nothing was installed.</exception>
    public void Install(ChildSaPair pair)
    {
        var (inbound, parameters) = ChildSaParameters.Of(pair);
        var outbound = Sender(parameters, _options.FirstSequenceNumber);
        if (Outbound.TryFind(pair.OutboundSpi, parameters.Protocol, parameters.DestinationNumber, out var other)
            && other.Parameters.DestinationNumber == parameters.DestinationNumber)
        {
            throw new InvalidOperationException($"an SA with SPI 0x{pair.OutboundSpi:x8} to {pair.RemoteAddress} exists already");
        }

        var installed = _byInboundSpi.TryGetValue(pair.InboundSpi, out var prepared) && prepared.Outbound is null ? prepared : Prepare(pair, inbound);
        installed.Outbound = outbound;
        _byOutbound.Add(outbound, installed);
        Outbound.TryAdd(outbound);
        Translate(installed);
    }

    /// <summary>Moves traffic to a pair that is in use, as if it were the newest: of two that cross, the peers have chosen it.</summary>
    /// <param name="pair">The pair; one that has been removed meanwhile changes nothing.</param>
    public void Prefer(ChildSaPair pair)
    {
        if (_byInboundSpi.TryGetValue(pair.InboundSpi, out var installed) && installed.Outbound is { } outbound)
        {
            Outbound.TryPrefer(outbound);
        }
    }

    /// <summary>Takes a pair out of use; packets on its SPIs are unknown from now on.</summary>
    /// <param name="pair">The pair, complete or not.</param>
    public void Remove(ChildSaPair pair)
    {
        if (_byInboundSpi.Remove(pair.InboundSpi, out var installed))
        {
            _pairs = _pairs.Remove(installed);
            Inbound.TryRemove(installed.Inbound);
            installed.Inbound.Dispose();
            Untranslate(installed);
            if (installed.Outbound is { } outbound)
            {
                Retire(outbound);
            }
        }
    }

    /// <summary>
    /// Sends to another address and port from now on: the NAT in front of the peer has given it a new mapping (RFC 3947 section 7). Keys and
    /// sequence numbers go on.
    /// </summary>
    /// <param name="pairs">The pairs of the peer.</param>
    /// <param name="remote">Its new end.</param>
    public void Move(IEnumerable<ChildSaPair> pairs, IPEndPoint remote)
    {
        var moving = pairs.Select(pair => pair.InboundSpi).ToHashSet();

        // The oldest first, so that the newest stays the one that sends.
        foreach (var installed in _pairs.Where(installed => moving.Contains(installed.Pair.InboundSpi)))
        {
            if (installed.Outbound is not { SequenceNumbersLeft: > 0 } old)
            {
                continue;
            }

            var pair = installed.Pair with
            {
                RemoteAddress = remote.Address,
                Udp = installed.Pair.Udp is { } udp ? udp with { RemotePort = (ushort)remote.Port } : null,
            };
            var (receiving, sending) = ChildSaParameters.Of(pair);
            Retire(old);
            Untranslate(installed);
            var outbound = Sender(sending with { Lifetime = new SaLifetime(HardBytes: installed.BytesLeft) }, old.SequenceNumber + 1);
            installed.Move(pair, MoveReceiver(installed, receiving), outbound);
            _byOutbound.Add(outbound, installed);
            Outbound.TryAdd(outbound);
            Translate(installed);
        }
    }

    private static IInboundSa Receiver(SaParameters parameters, ulong highestSequenceNumber) => parameters is AhSaParameters ah
        ? new AhInboundSa(ah, highestSequenceNumber)
        : new EspInboundSa((EspSaParameters)parameters, highestSequenceNumber);

    private IOutboundSa Sender(SaParameters parameters, ulong firstSequenceNumber)
    {
        IOutboundSa sender = parameters is AhSaParameters ah
            ? new AhOutboundSa(ah, firstSequenceNumber)
            : new EspOutboundSa((EspSaParameters)parameters, _random, firstSequenceNumber);
        sender.PathMtu = PathTo(parameters.DestinationNumber);
        return sender;
    }

    // The path belongs to the peer: what one SA has learned of it, its successor need not learn again.
    private PathMtu? PathTo(in AddressNumber peer)
    {
        if (_options.LinkMtu is not { } linkMtu)
        {
            return null;
        }

        if (!_paths.TryGetValue(peer, out var path))
        {
            _paths.Add(peer, path = new PathMtu(linkMtu));
        }

        return path;
    }

    /// <summary>
    /// The receiving SA need not change, unless its selectors name the peer's address. Then packets that are still on their way are lost: the
    /// new window begins where the old one ends.
    /// </summary>
    private IInboundSa MoveReceiver(InstalledPair installed, SaParameters parameters)
    {
        var old = installed.Inbound;
        if (old.Parameters.Selectors == parameters.Selectors)
        {
            return old;
        }

        var left = old.Parameters.Lifetime.HardBytes - old.Usage.Bytes;
        var moved = Receiver(parameters with { Lifetime = new SaLifetime(HardBytes: left) }, old.ReplayWindow?.Highest ?? 0);
        Inbound.TryRemove(old);
        old.Dispose();
        Inbound.TryAdd(moved);
        return moved;
    }

    // Before the configured entry, which is for the addresses on the other side of the NAT (RFC 3948 section 5.2 on the conflicts).
    private void Translate(InstalledPair installed)
    {
        if (installed.Pair is { Mode: EncapsulationMode.Transport, Udp: not null } && installed.Outbound is { } outbound)
        {
            var name = outbound.Parameters.Name;
            var configured = Spd.Entries.Select(entry => entry.Name).ToList().IndexOf(name);
            installed.Translated = new SpdEntry(name, outbound.Parameters.Selectors, SpdAction.Protect);
            Spd.Insert(Math.Max(0, configured), installed.Translated);
        }
    }

    private void Untranslate(InstalledPair installed)
    {
        if (installed.Translated is { } entry)
        {
            Spd.Remove(entry);
            installed.Translated = null;
        }
    }

    private InstalledPair Prepare(ChildSaPair pair, SaParameters parameters)
    {
        if (_byInboundSpi.ContainsKey(pair.InboundSpi))
        {
            throw new InvalidOperationException($"an SA with SPI 0x{pair.InboundSpi:x8} exists already");
        }

        var installed = new InstalledPair(pair, Receiver(parameters, _options.FirstSequenceNumber - 1));
        _byInboundSpi.Add(pair.InboundSpi, installed);
        _pairs = _pairs.Add(installed);
        Inbound.TryAdd(installed.Inbound);
        return installed;
    }

    private void Retire(IOutboundSa sa)
    {
        _byOutbound.Remove(sa);
        Outbound.TryRemove(sa);
        sa.Dispose();
    }
}
