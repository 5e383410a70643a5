// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Ike.Effects;

namespace Ipsec.Ike.Tests;

/// <summary>A NAT with one host behind it: gives its ports others, and lets in only what answers to them.</summary>
internal sealed class NatBox(IPAddress inside, IPAddress outside, bool keepsPorts = false)
{
    private readonly Dictionary<int, int> _mappings = [];
    private int _next = 40000;

    /// <summary>Where a port of the host is seen from outside.</summary>
    public IPEndPoint Outside(int port) => new(outside, _mappings[port]);

    /// <summary>Forgets its mappings, as after a restart; the next packet from inside gets another.</summary>
    public void Restart() => _mappings.Clear();

    public SendDatagram? Translate(SendDatagram datagram)
    {
        if (datagram.Local.Address.Equals(inside))
        {
            var port = datagram.Local.Port;
            if (!_mappings.TryGetValue(port, out var mapped))
            {
                _mappings[port] = mapped = keepsPorts ? port : _next++;
            }

            return datagram with { Local = new(outside, mapped) };
        }

        if (!datagram.Remote.Address.Equals(outside))
        {
            return datagram;
        }

        var port2 = keepsPorts ? datagram.Remote.Port : _mappings.FirstOrDefault(m => m.Value == datagram.Remote.Port).Key;
        return port2 == 0 ? null : datagram with { Remote = new(inside, port2) };
    }
}
