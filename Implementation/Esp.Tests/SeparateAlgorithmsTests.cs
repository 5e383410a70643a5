// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using FluentAssertions;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

/// <summary>Packets with separate algorithms, taken apart with the platform's primitives alone.</summary>
public sealed class SeparateAlgorithmsTests
{
    [TestCase(false)]
    [TestCase(true)]
    public void Icv_covers_all_before_it_as_sent_and_the_high_half_behind_it(bool extended)
    {
        var parameters = TestSa.Parameters("AES-CBC-256", "HMAC-SHA2-256-128") with { ExtendedSequenceNumbers = extended };
        var first = extended ? 0x0102_0304_0000_0005ul : 5ul;
        using var sender = TestSa.Sender(parameters, first);

        var packet = sender.Protect(TestSa.Bytes(100));

        byte[] authenticated = [.. packet[..^16], .. extended ? [1, 2, 3, 4] : Array.Empty<byte>()];
        packet[^16..].Should().Equal(HMACSHA256.HashData(parameters.IntegrityKey.Span, authenticated)[..16]);
    }

    [Test]
    public void Ciphertext_is_payload_padding_pad_length_and_next_header()
    {
        var parameters = TestSa.Parameters("AES-CBC-256", "HMAC-SHA1-96");
        var payload = TestSa.Bytes(100);
        using var sender = TestSa.Sender(parameters);

        var packet = sender.Protect(payload, nextHeader: 17);

        using var aes = Aes.Create();
        aes.SetKey(parameters.EncryptionKey.Span);
        var plaintext = aes.DecryptCbc(packet.AsSpan(24..^12), packet.AsSpan(8, 16), PaddingMode.None);
        plaintext.Should().Equal([.. payload, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 17]);
    }
}
