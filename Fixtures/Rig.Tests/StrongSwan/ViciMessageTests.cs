// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.StrongSwan;

namespace Ipsec.Fixtures.Rig.Tests.StrongSwan;

/// <summary>The codec of strongSwan's control protocol.</summary>
[TestFixture]
public sealed class ViciMessageTests
{
    /// <summary>The example message of strongSwan's own description of the protocol, here in a command named "c".</summary>
    private const string Golden =
        "00000044" + "00" + "0163"
        + "03" + "04" + "6b657931" + "0006" + "76616c756531"
        + "01" + "08" + "73656374696f6e31"
        + "01" + "0b" + "7375622d73656374696f6e"
        + "03" + "04" + "6b657932" + "0006" + "76616c756532"
        + "02"
        + "04" + "05" + "6c69737431" + "05" + "0001" + "61" + "06"
        + "02";

    private static readonly ViciPacket Example = new(ViciPacketType.Command, "c", ConfigSection.Message(
        new ConfigSetting("key1", "value1"),
        new ConfigSection("section1",
        [
            new ConfigSection("sub-section", [new ConfigSetting("key2", "value2")]),
            new ConfigList("list1", ["a"]),
        ])));

    [Test]
    public void EncodesTheGoldenBytes() => Convert.ToHexStringLower(Example.Encode()).Should().Be(Golden);

    [Test]
    public void DecodesWhatItEncodes()
    {
        var decoded = ViciPacket.Decode(Example.Encode().AsSpan(ViciPacket.LengthSize));

        decoded.Type.Should().Be(ViciPacketType.Command);
        decoded.Name.Should().Be("c");
        decoded.Encode().Should().Equal(Example.Encode());
        decoded.Message.Text("key1").Should().Be("value1");
        decoded.Message.Section("section1")!.Section("sub-section")!.Text("key2").Should().Be("value2");
        decoded.Message.Section("section1")!.Entries[1].Should().BeOfType<ConfigList>().Which.Items.Should().Equal("a");
    }

    [Test]
    public void AResponseHasNoName()
    {
        var bytes = new ViciPacket(ViciPacketType.Response, "", ConfigSection.Message(new ConfigSetting("success", "yes"))).Encode();
        ViciPacket.Decode(bytes.AsSpan(ViciPacket.LengthSize)).Message.Text("success").Should().Be("yes");
    }

    [Test]
    public void EveryTruncationWithinAnElementIsRefused()
    {
        var bytes = Example.Encode()[ViciPacket.LengthSize..];
        // A message may end between elements of its top level: after the name and after the first setting.
        int[] whole = [3, 17, bytes.Length];
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            var decoding = FluentActions.Invoking(() => ViciPacket.Decode(cut));
            if (whole.Contains(length))
            {
                decoding.Should().NotThrow($"{length} octets are complete");
            }
            else
            {
                decoding.Should().Throw<FormatException>($"{length} octets are not complete");
            }
        }
    }

    [Test]
    public void ElementsOutOfPlaceAreRefused([Values("0102", "0106", "0105000161", "0104016c02", "09")] string bytes) =>
        FluentActions.Invoking(() => ViciPacket.Decode(Convert.FromHexString(bytes))).Should().Throw<FormatException>();

    [Test]
    public void ANameThatIsTooLongIsRefused() =>
        FluentActions.Invoking(() => (Example with { Name = new string('n', 256) }).Encode()).Should().Throw<ArgumentException>();
}
