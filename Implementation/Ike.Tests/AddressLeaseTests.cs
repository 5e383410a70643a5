// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.Transactions;

namespace Ipsec.Ike.Tests;

/// <summary>Addresses that mode config gives.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AddressLeaseTests
{
    private static readonly AddressRange Three = new(IPAddress.Parse("198.18.0.254"), IPAddress.Parse("198.18.1.0"));

    [Test]
    public void ARangeCrossesByteBoundaries()
    {
        Three.Addresses().Select(a => a.ToString()).Should().Equal("198.18.0.254", "198.18.0.255", "198.18.1.0");
        ((int)Three.Count).Should().Be(3);
        Three.Contains(IPAddress.Parse("198.18.1.1")).Should().BeFalse();
        Three.Contains(IPAddress.Parse("::1")).Should().BeFalse();
    }

    [Test]
    public void EveryoneGetsHisOwnUntilThereAreNone()
    {
        var leases = new AddressLeases();
        new[] { "a", "b", "c", "a" }.Select(owner => Of(leases, owner)).Should().Equal("198.18.0.254", "198.18.0.255", "198.18.1.0", "198.18.0.254");
        Of(leases, "d").Should().BeNull();
        leases.Release("b").Should().ContainSingle();
        Of(leases, "d").Should().Be("198.18.0.255");
        leases.Release("b").Should().BeEmpty();
    }

    [Test]
    public void AWantedAddressOfAnotherIsNotGiven()
    {
        var leases = new AddressLeases();
        Of(leases, "a").Should().Be("198.18.0.254");
        leases.Lease("b", [Three], AddressFamily.InterNetwork, IPAddress.Parse("198.18.0.254"))!.ToString().Should().Be("198.18.0.255");
    }

    [Test]
    public void EachFamilyHasItsOwn()
    {
        var leases = new AddressLeases();
        AddressRange six = new(IPAddress.Parse("2001:db8::ffff"), IPAddress.Parse("2001:db8::1:0"));
        leases.Lease("a", [Three, six], AddressFamily.InterNetworkV6, null)!.ToString().Should().Be("2001:db8::ffff");
        leases.Lease("a", [Three, six], AddressFamily.InterNetwork, null)!.ToString().Should().Be("198.18.0.254");
        leases.Of("a").Should().HaveCount(2);
        leases.Lease("b", [Three], AddressFamily.InterNetworkV6, null).Should().BeNull();
    }

    private static string? Of(AddressLeases leases, string owner) => leases.Lease(owner, [Three], AddressFamily.InterNetwork, null)?.ToString();
}
