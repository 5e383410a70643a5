// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

/// <summary>What crosses the wire for a ping: one protocol, both ways.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ProtectedTrafficOracleTests
{
    private static readonly Lazy<ObservedFrame[]> Esp = new(() => [.. Conversation.Recorded().OfType<ObservedEsp>()]);

    [Test]
    public void EspBothWays() => ProtectedTrafficOracle.Only(Esp.Value, IpProtocol.Esp).Should().BeNull();

    [Test]
    public void TheOtherProtocol() => ProtectedTrafficOracle.Only(Esp.Value, IpProtocol.Ah)!.Legal.Should().StartWith("AH between");

    [Test]
    public void OneDirectionAlone() => ProtectedTrafficOracle.Only([.. Esp.Value.Where(frame => frame.From == "east")], IpProtocol.Esp)!.Came.Should().Contain("east alone");

    [Test]
    public void NoFrames() => ProtectedTrafficOracle.Only([], IpProtocol.Esp).Should().NotBeNull();

    [Test]
    public void SomethingElse() => ProtectedTrafficOracle.Only(Conversation.Recorded(), IpProtocol.Esp)!.Came.Should().StartWith("frame 1");
}
