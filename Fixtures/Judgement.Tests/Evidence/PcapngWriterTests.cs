// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using CsCheck;
using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Evidence;

public sealed class PcapngWriterTests
{
    private const string Head =
        "0A0D0D0A" + "28000000" + "4D3C2B1A" + "0100" + "0000" + "FFFFFFFFFFFFFFFF" // section header, length unknown
        + "0400" + "0300" + "61707000" + "00000000" + "28000000" // shb_userappl "app", end of options
        + "01000000" + "2C000000" + "0100" + "0000" + "00000000" // interface: Ethernet, no snapshot length
        + "0200" + "0500" + "6F75746572000000" + "0900" + "0100" + "09000000" + "00000000" + "2C000000"; // if_name "outer", if_tsresol 9

    [Test]
    public void SectionAndInterfaceAreLaidOut() => Convert.ToHexString(Written(_ => { })).Should().Be(Head);

    [Test]
    public void AFrameWithACommentIsLaidOut() => Tail(writer => writer.Write([1, 2, 3, 4, 5], 0x0123456789ABCDEF, "step"))
        .Should().Be(
            "06000000" + "34000000" + "00000000" + "67452301" + "EFCDAB89" + "05000000" + "05000000"
            + "0102030405000000" + "0100" + "0400" + "73746570" + "00000000" + "34000000");

    [Test]
    public void AFrameWithoutACommentHasNoOptions() => Tail(writer => writer.Write([1, 2, 3, 4], 1UL))
        .Should().Be("06000000" + "24000000" + "00000000" + "00000000" + "01000000" + "04000000" + "04000000" + "01020304" + "24000000");

    [Test]
    public void TimesAreNanosecondsSince1970() => Tail(writer => writer.Write([], DateTimeOffset.UnixEpoch.AddSeconds(5).AddTicks(1)))
        .Should().StartWith("06000000" + "20000000" + "00000000" + "01000000" + "64F2052A", "5,000,000,100 is 0x1_2A05F264, the high half first");

    [Test]
    public void AFrameNamesItsInterface()
    {
        using var stream = new MemoryStream();
        using var writer = new PcapngWriter(stream, "outer", "app");
        writer.AddInterface("inner").Should().Be(1);
        writer.Write([0xFF], 0UL, null, 1);

        Convert.ToHexString(stream.ToArray()).Should().Contain("0200050069").And.Contain("06000000" + "24000000" + "01000000");
        var beyond = () => writer.Write([0xFF], 0UL, null, 2);
        beyond.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Test]
    public void ALongCommentIsCutBetweenCharacters()
    {
        var blocks = Blocks(Written(writer => writer.Write([], 0UL, "x" + new string('é', 40_000))));
        var comment = blocks[^1].AsSpan(8 + 20);

        BinaryPrimitives.ReadUInt16LittleEndian(comment[2..]).Should().Be(65_535);
        new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(comment.Slice(4, 65_535)).Should().Be("x" + new string('é', 32_767));
    }

    [Test]
    public void EveryFrameIsABlockOfItsOwn() => Gen.Byte.Array[0, 200].Select(Gen.String[0, 50]).Array[0, 10].Sample(frames =>
    {
        var blocks = Blocks(Written(writer =>
        {
            foreach (var (frame, comment) in frames)
            {
                writer.Write(frame, 7UL, comment);
            }
        }));

        blocks.Skip(2).Select(block => Convert.ToHexString(block.AsSpan(28, BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(20)))))
            .Should().Equal(frames.Select(frame => Convert.ToHexString(frame.Item1)));
    });

    [Test]
    public void TheStreamStaysOpenWhenAsked()
    {
        var stream = new MemoryStream();
        new PcapngWriter(stream, "a", leaveOpen: true).Dispose();
        stream.CanWrite.Should().BeTrue();
        new PcapngWriter(stream, "a").Dispose();
        stream.CanWrite.Should().BeFalse();
    }

    [Test]
    public void TsharkReadsItBack()
    {
        using var folder = new TemporaryFolder();
        var frame = EspPackets.IkeFrame(true, new byte[28]);
        using (var writer = new PcapngWriter(File.Create(folder["x.pcapng"]), "outer"))
        {
            var inner = writer.AddInterface("inner");
            writer.Write(frame, 1_800_000_000_123_456_789, "When west starts phase 1");
            writer.Write(frame.AsSpan(..^1), 1_800_000_001_000_000_001, null, inner);
        }

        string[] fields = ["-T", "fields", "-e", "frame.time_epoch", "-e", "frame.interface_name", "-e", "frame.len", "-e", "frame.comment"];
        var rows = Tshark.Read(folder.Path, ["-r", folder["x.pcapng"], .. fields]);

        var length = frame.Length.ToString(CultureInfo.InvariantCulture);
        var shorter = (frame.Length - 1).ToString(CultureInfo.InvariantCulture);
        rows.Split('\n')[..2].Should().Equal(
            $"1800000000.123456789\touter\t{length}\tWhen west starts phase 1", $"1800000001.000000001\tinner\t{shorter}\t");
    }

    private static string Tail(Action<PcapngWriter> write) => Convert.ToHexString(Written(write))[Head.Length..];

    private static byte[] Written(Action<PcapngWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new PcapngWriter(stream, "outer", "app", leaveOpen: true))
        {
            write(writer);
        }

        return stream.ToArray();
    }

    /// <summary>Takes a file apart by the blocks' lengths, which stand before and behind and are multiples of four.</summary>
    private static List<byte[]> Blocks(byte[] file)
    {
        var blocks = new List<byte[]>();
        for (var offset = 0; offset < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(offset + 4));
            (length % 4).Should().Be(0);
            BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(offset + length - 4)).Should().Be(length);
            blocks.Add(file[offset..(offset + length)]);
            offset += length;
        }

        return blocks;
    }
}
