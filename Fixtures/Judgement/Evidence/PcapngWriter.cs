// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// Writes captured frames as pcapng (draft-ietf-opsawg-pcapng), one block a call, so that a capture cut off is readable up to there.
/// Little endian; Ethernet interfaces with nanosecond time stamps. Not safe for concurrent use.
/// </summary>
public sealed class PcapngWriter : IDisposable
{
    private const uint SectionHeaderBlock = 0x0A0D0D0A;
    private const uint InterfaceDescriptionBlock = 1;
    private const uint EnhancedPacketBlock = 6;
    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const ushort LinkTypeEthernet = 1;
    private const ushort CommentOption = 1;
    private const ushort InterfaceNameOption = 2;
    private const ushort UserApplicationOption = 4;
    private const ushort TimeResolutionOption = 9;
    private const byte Nanoseconds = 9;
    private const int LongestOption = ushort.MaxValue;

    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private int _interfaces;

    /// <summary>Starts a capture: writes the section header and the first interface, number 0.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="interfaceName">The first interface's name, for example <c>outer</c>.</param>
    /// <param name="application">Who writes.</param>
    /// <param name="leaveOpen">Whether the stream stays open when the writer is disposed.</param>
    public PcapngWriter(Stream stream, string interfaceName, string application = "ConformanceSuite", bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _leaveOpen = leaveOpen;
        var block = new Block(SectionHeaderBlock);
        block.U32(ByteOrderMagic);
        block.U16(1);
        block.U16(0);
        // Length of the section: not known while it is being written.
        block.U32(uint.MaxValue);
        block.U32(uint.MaxValue);
        block.Option(UserApplicationOption, Encoding.UTF8.GetBytes(application));
        block.EndOfOptions();
        block.WriteTo(stream);
        AddInterface(interfaceName);
    }

    /// <summary>Describes a further interface and returns its number.</summary>
    public int AddInterface(string name)
    {
        var block = new Block(InterfaceDescriptionBlock);
        block.U16(LinkTypeEthernet);
        block.U16(0);
        // No snapshot length: frames are whole.
        block.U32(0);
        block.Option(InterfaceNameOption, Encoding.UTF8.GetBytes(name));
        block.Option(TimeResolutionOption, [Nanoseconds]);
        block.EndOfOptions();
        block.WriteTo(_stream);
        return _interfaces++;
    }

    /// <summary>Appends a frame.</summary>
    /// <param name="frame">The Ethernet frame, without its check sequence.</param>
    /// <param name="time">When it was seen.</param>
    /// <param name="comment">The step that caused it, shown by Wireshark as the packet's comment; null for none.</param>
    /// <param name="interfaceNumber">Where it was seen.</param>
    public void Write(ReadOnlySpan<byte> frame, DateTimeOffset time, string? comment = null, int interfaceNumber = 0) =>
        Write(frame, (ulong)(time - DateTimeOffset.UnixEpoch).Ticks * 100, comment, interfaceNumber);

    /// <summary>Appends a frame whose time is given in nanoseconds since 1970.</summary>
    public void Write(ReadOnlySpan<byte> frame, ulong nanoseconds, string? comment = null, int interfaceNumber = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(interfaceNumber);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(interfaceNumber, _interfaces);
        var block = new Block(EnhancedPacketBlock);
        block.U32((uint)interfaceNumber);
        block.U32((uint)(nanoseconds >> 32));
        block.U32((uint)nanoseconds);
        block.U32((uint)frame.Length);
        block.U32((uint)frame.Length);
        block.Padded(frame);
        if (comment is not null)
        {
            block.Option(CommentOption, CommentBytes(comment));
            block.EndOfOptions();
        }

        block.WriteTo(_stream);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Flush();
        if (!_leaveOpen)
        {
            _stream.Dispose();
        }
    }

    private static byte[] CommentBytes(string comment)
    {
        var bytes = Encoding.UTF8.GetBytes(comment);
        if (bytes.Length <= LongestOption)
        {
            return bytes;
        }

        // Cut before a character, never inside one: continuation bytes are 10xxxxxx.
        var length = LongestOption;
        while ((bytes[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return bytes[..length];
    }

    /// <summary>A block: type, total length, body, total length again.</summary>
    private sealed class Block
    {
        private const int Overhead = 12;
        private readonly ArrayBufferWriter<byte> _body = new();
        private readonly uint _type;

        public Block(uint type) => _type = type;

        public void U16(ushort value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(_body.GetSpan(2), value);
            _body.Advance(2);
        }

        public void U32(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_body.GetSpan(4), value);
            _body.Advance(4);
        }

        public void Padded(ReadOnlySpan<byte> bytes)
        {
            _body.Write(bytes);
            ReadOnlySpan<byte> zeros = [0, 0, 0];
            _body.Write(zeros[..(-bytes.Length & 3)]);
        }

        public void Option(ushort code, ReadOnlySpan<byte> value)
        {
            U16(code);
            U16((ushort)value.Length);
            Padded(value);
        }

        public void EndOfOptions()
        {
            U16(0);
            U16(0);
        }

        public void WriteTo(Stream stream)
        {
            var total = _body.WrittenCount + Overhead;
            var block = new byte[total];
            BinaryPrimitives.WriteUInt32LittleEndian(block, _type);
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(4), (uint)total);
            _body.WrittenSpan.CopyTo(block.AsSpan(8));
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(total - 4), (uint)total);
            stream.Write(block);
        }
    }
}
