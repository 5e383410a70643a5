// SPDX-License-Identifier: Apache-2.0
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.V1;

/// <summary>
/// What holds for any octets whatever: no exception; either an error that points into the datagram, or a model that writes those octets.
/// </summary>
internal static class ReadInvariants
{
    /// <summary>Checks a datagram; returns true when it was read.</summary>
    public static bool Hold(byte[] datagram)
    {
        if (!IsakmpMessage.TryReadClear(datagram, out var message, out var error))
        {
            PointsInto(error, datagram.Length, datagram);
            return false;
        }

        var written = WithoutRaw(message).Encode(keepHeader: true);
        if (!written.AsSpan().SequenceEqual(datagram))
        {
            Assert.Fail($"read    {Hex.Text(datagram)}\nwritten {Hex.Text(written)}");
        }

        if (string.IsNullOrEmpty(message.ToString()))
        {
            Assert.Fail("no text");
        }

        return true;
    }

    /// <summary>Checks a chain of payloads that begins at an offset; returns true when it was read.</summary>
    public static bool HoldForChain(PayloadType first, byte[] bytes, int baseOffset)
    {
        if (!PayloadChain.TryRead(first, bytes, baseOffset, out var payloads, out var consumed, out var error))
        {
            PointsInto(error with { Offset = error.Offset - baseOffset }, bytes.Length, bytes);
            return false;
        }

        var writer = new WireWriter();
        PayloadChain.Write(writer, [.. payloads.Select(payload => payload with { })]);
        if (!writer.Written.SequenceEqual(bytes.AsSpan(0, consumed)))
        {
            Assert.Fail($"read    {Hex.Text(bytes)}\nwritten {Hex.Text(writer.Written)}");
        }

        return true;
    }

    /// <summary>The same message as if we had made it: what is written then comes from the fields alone.</summary>
    public static IsakmpMessage WithoutRaw(IsakmpMessage message) =>
        message with { Payloads = [.. message.Payloads.Select(payload => payload with { })] };

    private static void PointsInto(WireError error, int length, byte[] datagram)
    {
        if (error.Offset < 0 || error.Offset > length || string.IsNullOrEmpty(error.Field) || string.IsNullOrEmpty(error.Detail))
        {
            Assert.Fail($"{error} for {Hex.Text(datagram)}");
        }
    }
}
