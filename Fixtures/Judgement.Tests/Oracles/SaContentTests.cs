// SPDX-License-Identifier: Apache-2.0

using System.Net;
using FluentAssertions;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

[Parallelizable(ParallelScope.All)]
public sealed class SaContentTests
{
    private static readonly SaContent In = new(
        IpProtocol.Esp, 0x1001, IPAddress.Parse("198.51.100.2"), IPAddress.Parse("198.51.100.10"), SaMode.Tunnel, "0102", "0304", 128, HasEsn: false);

    private static readonly SaContent Out = In with { Spi = 0x1002, Source = In.Destination, Destination = In.Source };

    private static IEnumerable<TestCaseData> Others =>
    [
        Case(In with { Source = IPAddress.Loopback }, "from 127.0.0.1"),
        Case(In with { Destination = IPAddress.Loopback }, "to 127.0.0.1"),
        Case(In with { Mode = SaMode.Transport }, "Transport mode"),
        Case(In with { EncryptionKey = "0103" }, "encryption key 0103"),
        Case(In with { IntegrityKey = "" }, "integrity key "),
        Case(In with { IcvBits = 96 }, "an ICV of 96 bits"),
        Case(In with { HasEsn = true }, "64-bit sequence numbers"),
        Case(In with { Spi = 0x1003 }, "0; SPIs 00001003, 00001002"),
        Case(In with { Protocol = IpProtocol.Ah }, "0; SPIs "),
    ];

    [Test]
    public void TheSameIsTheSameInAnyOrder() => SaContent.Same([In, Out], [Out, In]).Should().BeNull();

    [TestCaseSource(nameof(Others))]
    public void EachFieldCounts(SaContent other, string came) => SaContent.Same([In, Out], [other, Out])!.Came.Should().Contain(came);

    [Test]
    public void OneTooManyOrNoneAtAll()
    {
        SaContent.Same([In], [In, Out])!.Should().Be(new Finding("1 SAs", "2"));
        SaContent.Same([In], [In, In])!.Came.Should().StartWith("2; ");
        SaContent.Same([], []).Should().Be(new Finding("SAs to compare", "none"));
    }

    private static TestCaseData Case(SaContent other, string came) => new TestCaseData(other, came).SetArgDisplayNames(came);
}
