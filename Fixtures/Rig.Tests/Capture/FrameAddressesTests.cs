// SPDX-License-Identifier: Apache-2.0

using CsCheck;
using Ipsec.Fixtures.Rig.Capture;

namespace Ipsec.Fixtures.Rig.Tests.Capture;

/// <summary>Finding out whose a frame is.</summary>
[TestFixture]
public sealed class FrameAddressesTests
{
    private const string Frame = "0242c6336402" + "0242c6336401" + "0800" + "45000014000000004011" + "0000" + "c633640a" + "c6336402";

    [Test]
    public void AddressesAreThoseOfTheIpHeader()
    {
        FrameAddresses.TryRead(Convert.FromHexString(Frame), out var source, out var destination).Should().BeTrue();
        source.Should().Be(0xC633_640A);
        destination.Should().Be(0xC633_6402);
    }

    [Test]
    public void AnythingShorterOrOfAnotherTypeHasNone()
    {
        var frame = Convert.FromHexString(Frame);
        for (var length = 0; length < frame.Length; length++)
        {
            FrameAddresses.TryRead(frame.AsSpan(0, length), out _, out _).Should().BeFalse();
        }

        frame[12] = 0x86;
        FrameAddresses.TryRead(frame, out _, out _).Should().BeFalse();
    }

    [Test]
    public void NoBytesAreTooOdd() => Gen.Byte.Array[0, 64].Sample(bytes =>
    {
        var isRead = FrameAddresses.TryRead(bytes, out _, out _);
        return !isRead || bytes.Length >= 34;
    });
}
