// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Ipsec.Wire;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>A packet of VICI, strongSwan's control protocol, without the length of 4 octets in front of it.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Name">The command's or event's name; empty in packets that have none.</param>
/// <param name="Message">The message; empty in packets that have none.</param>
internal sealed record ViciPacket(ViciPacketType Type, string Name, ConfigSection Message)
{
    /// <summary>Size of the length in front of each packet.</summary>
    public const int LengthSize = 4;

    /// <summary>The longest packet strongSwan takes or sends: 512 KiB.</summary>
    public const int Largest = 512 * 1024;

    private bool HasName => Type is ViciPacketType.Command or ViciPacketType.RegisterEvent or ViciPacketType.UnregisterEvent or ViciPacketType.Event;

    /// <summary>The packet with its length, as it goes over the connection.</summary>
    /// <exception cref="ArgumentException">A name or value is too long for its length field.</exception>
    public byte[] Encode()
    {
        var writer = new WireWriter();
        writer.U32(0);
        writer.U8((byte)Type);
        if (HasName)
        {
            ViciMessage.WriteName(writer, Name);
        }

        ViciMessage.Write(writer, Message);
        writer.PatchU32(0, (uint)(writer.Length - LengthSize));
        return writer.ToArray();
    }

    /// <summary>Reads a packet.</summary>
    /// <param name="bytes">The packet without its length.</param>
    /// <exception cref="FormatException">It is not one: the daemon speaks another protocol.</exception>
    public static ViciPacket Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[0] > (byte)ViciPacketType.Event)
        {
            throw new FormatException("not a VICI packet");
        }

        var packet = new ViciPacket((ViciPacketType)bytes[0], "", ConfigSection.Empty);
        var rest = bytes[1..];
        if (packet.HasName)
        {
            packet = packet with { Name = Encoding.UTF8.GetString(ViciMessage.TakeName(ref rest)) };
        }

        return packet with { Message = ViciMessage.Read(rest) };
    }
}
