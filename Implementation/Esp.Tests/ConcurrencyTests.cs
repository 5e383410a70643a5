// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Collections.Concurrent;
using FluentAssertions;
using Ipsec.Crypto;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

public sealed class ConcurrencyTests
{
    private const int Threads = 4;
    private const int PacketsPerThread = 400;

    [TestCase("AES-GCM-16-128", null)]
    [TestCase("AES-CBC-128", "HMAC-SHA1-96")]
    public void Many_threads_share_an_sa_and_no_number_comes_twice(string encryption, string? integrity)
    {
        var parameters = TestSa.Parameters(encryption, integrity) with { ReplayWindowSize = AntiReplayWindow.MaxSize };
        using var sender = new EspOutboundSa(parameters, new SystemRandomSource());
        using var receiver = new EspInboundSa(parameters);
        var packets = new ConcurrentBag<byte[]>();

        Run(thread =>
        {
            for (var i = 0; i < PacketsPerThread; i++)
            {
                packets.Add(sender.Protect(Payload(thread, i)));
            }
        });

        packets.Select(packet => BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(4))).Order()
            .Should().Equal(Enumerable.Range(1, Threads * PacketsPerThread).Select(number => (uint)number));

        // Every thread tries every packet: each must get through exactly once.
        var received = new ConcurrentBag<string>();
        var all = packets.ToArray();
        Run(thread =>
        {
            for (var i = 0; i < all.Length; i++)
            {
                var packet = all[(i + (thread * PacketsPerThread)) % all.Length];
                if (receiver.Unprotect(packet, out var payload, out _) == EspOutcome.Ok)
                {
                    received.Add(Convert.ToHexString(payload));
                }
            }
        });

        received.Should().BeEquivalentTo(
            from thread in Enumerable.Range(0, Threads)
            from i in Enumerable.Range(0, PacketsPerThread)
            select Convert.ToHexString(Payload(thread, i)));
        receiver.Counters[EspOutcome.Ok].Should().Be(Threads * PacketsPerThread);
        receiver.Counters[EspOutcome.Replayed].Should().Be((Threads - 1) * Threads * PacketsPerThread);
    }

    [Test]
    public void An_sa_may_be_deleted_while_packets_pass()
    {
        for (var round = 0; round < 20; round++)
        {
            using var sender = new EspOutboundSa(TestSa.Cbc, new SystemRandomSource());
            var outcomes = new ConcurrentBag<EspOutcome>();
            Run(thread =>
            {
                var room = new byte[200];
                for (var i = 0; i < 50; i++)
                {
                    outcomes.Add(sender.TryProtect(Payload(thread, i), 4, room, out _));
                    if (thread == 0 && i == 20)
                    {
                        sender.Dispose();
                    }
                }
            });

            outcomes.Should().OnlyContain(outcome => outcome == EspOutcome.Ok || outcome == EspOutcome.UnknownSpi);
            outcomes.Should().Contain(EspOutcome.UnknownSpi);
        }
    }

    private static byte[] Payload(int thread, int index) => TestSa.Bytes(32, ((ulong)thread << 32) + (ulong)index);

    private static void Run(Action<int> work)
    {
        var failures = new ConcurrentBag<Exception>();
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                work(index);
            }
            catch (Exception failure)
            {
                failures.Add(failure);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        failures.Should().BeEmpty();
    }
}
