// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography;
using System.Text;
using FluentAssertions;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.V1;

/// <summary>Vendor IDs are customarily hashes of a text: made again from it.</summary>
internal sealed class VendorIdTests
{
    private static IEnumerable<TestCaseData> Hashes()
    {
        yield return new TestCaseData(VendorIds.NatTraversal, "RFC 3947", 16);
        yield return new TestCaseData(VendorIds.NatTraversalDraft03, "draft-ietf-ipsec-nat-t-ike-03", 16);
        yield return new TestCaseData(VendorIds.NatTraversalDraft02, "draft-ietf-ipsec-nat-t-ike-02", 16);
        yield return new TestCaseData(VendorIds.NatTraversalDraft02Newline, "draft-ietf-ipsec-nat-t-ike-02\n", 16);
        yield return new TestCaseData(VendorIds.Fragmentation, "FRAGMENTATION", VendorIds.FragmentationSize);
        yield return new TestCaseData(VendorIds.CiscoUnity, "CISCO-UNITY", 14);
        yield return new TestCaseData(VendorIds.Xauth, "draft-ietf-ipsra-isakmp-xauth-06.txt", 8);
    }

    [TestCaseSource(nameof(Hashes))]
    public void Is_the_hash_of_its_text(ReadOnlyMemory<byte> id, string text, int significant)
    {
#pragma warning disable CA5351 // MD5 makes the identifiers; it protects nothing.
        var hash = MD5.HashData(Encoding.ASCII.GetBytes(text));
#pragma warning restore CA5351

        Hex.Text(id.Span[..significant]).Should().Be(Hex.Text(hash.AsSpan(0, significant)));
    }

    /// <summary>RFC 3706 section 5.1 prints the octets; the last two are version 1.0.</summary>
    [Test]
    public void Dead_peer_detection_ends_with_its_version()
    {
        Hex.Text(VendorIds.DeadPeerDetection.Span[..VendorIds.DeadPeerDetectionSize]).Should().Be(Hex.Text(Hex.Bytes("afcad71368a1f1c96b8696fc7757")));
        VendorIds.DeadPeerDetection.Span[VendorIds.DeadPeerDetectionSize..].ToArray().Should().Equal(1, 0);
    }
}
