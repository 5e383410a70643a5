// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

public sealed class AuditTrailTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_burst_passes_then_one_an_interval_and_the_rest_is_counted()
    {
        var sink = new Sink();
        var trail = new AuditTrail(sink, new AuditPolicy(3, TimeSpan.FromSeconds(1)));
        for (var i = 0; i < 100; i++)
        {
            trail.Record(Event(EspOutcome.Replayed, Start.AddMilliseconds(i)));
        }

        trail.Record(Event(EspOutcome.IntegrityFailure, Start.AddMilliseconds(200))).Should().BeTrue("outcomes have limits of their own");
        trail.Record(Event(EspOutcome.Replayed, Start.AddMilliseconds(1500))).Should().BeTrue();
        trail.Record(Event(EspOutcome.Replayed, Start.AddMilliseconds(1501))).Should().BeFalse();

        sink.Suppressed.Should().Equal(0, 0, 0, 0, 97);
    }

    [TestCase(EspOutcome.Ok)]
    [TestCase(EspOutcome.Bypassed)]
    [TestCase(EspOutcome.DummyPacket)]
    [TestCase(EspOutcome.FragmentKept)]
    [TestCase(EspOutcome.NoSa)]
    public void What_is_no_event_is_not_recorded(EspOutcome outcome)
    {
        var sink = new Sink();
        new AuditTrail(sink, AuditPolicy.Default).Record(Event(outcome, Start)).Should().BeFalse();
        sink.Suppressed.Should().BeEmpty();
    }

    private static AuditEvent Event(EspOutcome outcome, DateTimeOffset time) => new(outcome, time, IpProtocol.Esp, 1000, 1, 2, 3, 0);

    private sealed class Sink : IAuditSink
    {
        public List<long> Suppressed { get; } = [];

        public void Record(in AuditEvent auditEvent, long suppressed) => Suppressed.Add(suppressed);
    }
}
