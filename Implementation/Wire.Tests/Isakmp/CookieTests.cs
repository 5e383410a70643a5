// SPDX-License-Identifier: Apache-2.0
using FluentAssertions;
using Ipsec.Wire.Isakmp;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.Isakmp;

public sealed class CookieTests
{
    [Test]
    public void Octets_and_number_are_in_network_order()
    {
        var octets = Hex.Bytes("0123456789abcdef ff");

        var cookie = Cookie.Read(octets);

        cookie.Value.Should().Be(0x0123456789abcdef);
        cookie.ToBytes().Should().Equal(octets[..8]);
        cookie.ToString().Should().Be("0123456789abcdef");
        cookie.IsZero.Should().BeFalse();
    }

    [Test]
    public void The_cookie_not_chosen_yet_is_zero()
    {
        default(Cookie).IsZero.Should().BeTrue();
        default(Cookie).ToString().Should().Be("0000000000000000");
    }
}
