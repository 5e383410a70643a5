// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using FluentAssertions;
using Ipsec.Crypto;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Esp.Tests.Foreign;

/// <summary>Packets of ours opened by scapy, an independent implementation of ESP and AH, and packets of scapy's opened by us.</summary>
[Category("ForeignDecoder")]
[NonParallelizable]
public sealed class ScapyTests
{
    private const ulong Sequence = 0x1122_3344;

    private Scapy? _scapy;
    private string _missing = string.Empty;

    public static IEnumerable<EspSaParameters> EspParameters =>
        from basis in TestSa.AllParameters
        where Scapy.NameOf(basis.EncryptionAlgorithm) is not null
            && (basis.IntegrityAlgorithm is null || Scapy.NameOf(basis.IntegrityAlgorithm) is not null)
        select basis;

    public static IEnumerable<AhSaParameters> AhParameters =>
        TestAh.AllParameters.Where(basis => Scapy.NameOf(basis.IntegrityAlgorithm) is not null);

    [OneTimeSetUp]
    public void Start() => _scapy = Scapy.TryStart(out _missing);

    [OneTimeTearDown]
    public void Stop() => _scapy?.Dispose();

    [TestCaseSource(nameof(EspParameters))]
    public void Esp_is_understood_in_both_directions(EspSaParameters basis)
    {
        foreach (var (isIpv6, isOuterIpv6, isTunnel) in Shapes())
        {
            var parameters = basis with
            {
                Source = Source(isIpv6, isOuterIpv6, isTunnel),
                Destination = Destination(isIpv6, isOuterIpv6, isTunnel),
                Mode = isTunnel ? SaMode.Tunnel : SaMode.Transport,
                Selectors = isIpv6 ? SelectorPair.AnyIpv6 : SelectorPair.Any,
            };
            foreach (var size in new[] { 0, 1, 37, 1200 })
            {
                Exchange(parameters, Packet(isIpv6, size), Sequence, size);
            }
        }
    }

    [TestCase("AES-GCM-16-128")]
    [TestCase("AES-GCM-16-256")]
    public void Extended_sequence_numbers_of_an_aead_are_understood(string encryption) =>
        Exchange(TestSa.Parameters(encryption, null).Esn() with { Selectors = SelectorPair.Any }, Packet(false, 100), 0x7_0000_0001, 100);

    [Test]
    public void Esp_in_udp_is_understood() =>
        Exchange(TestSa.Gcm with { Nat = new NatEncapsulation(), Selectors = SelectorPair.Any }, Packet(false, 100), Sequence, 100);

    [TestCaseSource(nameof(AhParameters))]
    public void Ah_is_understood_in_both_directions(AhSaParameters basis)
    {
        foreach (var (isIpv6, isOuterIpv6, isTunnel) in Shapes())
        {
            var parameters = basis with
            {
                Source = Source(isIpv6, isOuterIpv6, isTunnel),
                Destination = Destination(isIpv6, isOuterIpv6, isTunnel),
                Mode = isTunnel ? SaMode.Tunnel : SaMode.Transport,
                Selectors = isIpv6 ? SelectorPair.AnyIpv6 : SelectorPair.Any,
            };
            foreach (var size in new[] { 0, 1, 37, 1200 })
            {
                Exchange(parameters, Packet(isIpv6, size), Sequence, size);
                Exchange(parameters with { ExtendedSequenceNumbers = true }, Packet(isIpv6, size), 0x7_0000_0001, size);
            }
        }
    }

    [Test]
    public void Ah_over_options_and_extension_headers_is_understood()
    {
        // Router alert, which stays, and record route, which changes.
        byte[] options = [0x94, 4, 0, 0, 7, 7, 4, 0, 0, 0, 0, 0];
        var header = TestPackets.Header(TestPackets.WestHost, TestPackets.EastHost, 17, 40);
        var withOptions = TestPackets.Build(header with { HeaderLength = 32, TotalLength = 72 }, TestSa.Bytes(40));
        options.CopyTo(withOptions, 20);
        IpPacketHead.WriteIpv4Checksum(withOptions);

        // Hop-by-hop options of which one may change on the way.
        var withExtensions = TestAh.Ipv6Packet(40, extensions: [17, 0, 0x3E, 4, 1, 2, 3, 4], firstHeader: 0);

        Exchange(TestAh.Sha256, withOptions, Sequence, 0);
        Exchange(
            TestAh.Parameters(TestAh.Sha256.IntegrityAlgorithm, isIpv6: true).AnyTraffic(IpVersion.V6), withExtensions, Sequence, 0);
    }

    private static IEnumerable<(bool IsIpv6, bool IsOuterIpv6, bool IsTunnel)> Shapes() =>
    [
        (false, false, true), (true, true, true), (true, false, true), (false, true, true), (false, false, false), (true, true, false),
    ];

    private static byte[] Packet(bool isIpv6, int size)
    {
        // No upper layer that scapy would read and write anew.
        return isIpv6 ? TestAh.Ipv6Packet(size, protocol: 253) : TestPackets.Build(
            TestPackets.Header(TestPackets.WestHost, TestPackets.EastHost, 253, size), TestSa.Bytes(size));
    }

    private static IPAddress Source(bool isIpv6, bool isOuterIpv6, bool isTunnel) =>
        isTunnel ? isOuterIpv6 ? TestAh.West6 : TestSa.West : IPAddress.Parse(isIpv6 ? "2001:db8:1::10" : TestPackets.WestHost);

    private static IPAddress Destination(bool isIpv6, bool isOuterIpv6, bool isTunnel) =>
        isTunnel ? isOuterIpv6 ? TestAh.East6 : TestSa.East : IPAddress.Parse(isIpv6 ? "2001:db8:2::20" : TestPackets.EastHost);

    private static IOutboundSa Sender(SaParameters parameters, ulong sequenceNumber) => parameters is AhSaParameters ah
        ? new AhOutboundSa(ah, sequenceNumber)
        : new EspOutboundSa((EspSaParameters)parameters, new SeededRandomSource(7), sequenceNumber);

    private static IInboundSa Receiver(SaParameters parameters, ulong highest) => parameters is AhSaParameters ah
        ? new AhInboundSa(ah, highest)
        : new EspInboundSa((EspSaParameters)parameters, highest);

    private void Exchange(SaParameters parameters, byte[] packet, ulong sequenceNumber, int size)
    {
        if (_scapy is null)
        {
            Assert.Ignore($"needs python3 with scapy (Debian: python3-scapy): {_missing}");
        }

        using var sender = Sender(parameters, sequenceNumber);
        using var receiver = Receiver(parameters, sequenceNumber - 1);
        var ours = sender.Encapsulate(packet);
        _scapy.Unprotect(parameters, ours, sequenceNumber).Should().Equal(packet, "{0}, {1} octets, was ours", parameters, size);

        var theirs = _scapy.Protect(parameters, packet, sequenceNumber);
        if (parameters is EspSaParameters { Nat: not null })
        {
            // scapy 2.5 declares the length of the UDP header alone, because it writes that header before ESP is behind it.
            BinaryPrimitives.WriteUInt16BigEndian(theirs.AsSpan(24), (ushort)(theirs.Length - 20));
        }

        receiver.Decapsulate(theirs, out var restored).Should().Be(EspOutcome.Ok, "{0}, {1} octets, was scapy's", parameters, size);
        restored.Should().Equal(packet);
    }
}
