// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// The headers that stay before AH in transport mode. The fragment header of a packet that is whole is left out, as AH has to (RFC 4302
/// appendix A2).
/// </summary>
/// <param name="packet">The packet.</param>
/// <param name="head">Its headers.</param>
/// <param name="end">Where the kept headers end.</param>
/// <param name="protocolOffset">Offset of the octet that names what follows them.</param>
internal readonly ref struct KeptHeaders(ReadOnlySpan<byte> packet, IpPacketHead head, int end, int protocolOffset)
{
    private readonly ReadOnlySpan<byte> _headers = packet[..end];
    private readonly int _fragment = head.FragmentHeaderOffset;
    private readonly int _fragmentNamedAt = head.FragmentHeaderNamedAt;

    /// <summary>Version of the packet.</summary>
    public IpVersion Version => (IpVersion)(_headers[0] >> 4);

    private bool HasFragmentHeader => _fragment != 0 && _fragment < _headers.Length;

    /// <summary>Bytes that they take without the fragment header.</summary>
    public int Length => HasFragmentHeader ? _headers.Length - Ipv6FragmentHeader.Size : _headers.Length;

    /// <summary>Writes them at the beginning of a packet and makes protocol and length those of that packet.</summary>
    public void Write(Span<byte> whole, byte protocol)
    {
        var named = protocolOffset;
        if (HasFragmentHeader)
        {
            _headers[.._fragment].CopyTo(whole);
            _headers[(_fragment + Ipv6FragmentHeader.Size)..].CopyTo(whole[_fragment..]);
            whole[_fragmentNamedAt] = _headers[_fragment];
            named = named == _fragment ? _fragmentNamedAt
                : named > _fragment ? named - Ipv6FragmentHeader.Size
                : named;
        }
        else
        {
            _headers.CopyTo(whole);
        }

        whole[named] = protocol;
        IpPacketHead.WriteLength(whole);
    }
}
