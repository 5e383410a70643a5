// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Sa;

namespace Ipsec.Esp.Tests;

/// <summary>SAs between 198.51.100.1 (local) and 198.51.100.2 for tests, with keys that depend on the algorithms only.</summary>
internal static class TestSa
{
    public const uint Spi = 0xC0FFEE01;

    public static readonly IPAddress West = IPAddress.Parse("198.51.100.1");
    public static readonly IPAddress East = IPAddress.Parse("198.51.100.2");

    /// <summary>The sender's view: 198.18.1.0/24 is local.</summary>
    public static readonly SelectorPair Networks = new(
        TrafficSelector.Subnet("198.18.1.0/24"), TrafficSelector.Subnet("198.18.2.0/24"));

    /// <summary>Every cipher with one integrity algorithm, every integrity algorithm with one cipher and with NULL, and every AEAD.</summary>
    public static IEnumerable<(EncryptionAlgorithm Encryption, IntegrityAlgorithm? Integrity)> Suites =>
        from encryption in EncryptionAlgorithm.All
        from integrity in encryption.IsAead ? [null] : IntegrityAlgorithm.All.Where(row => row.IsForEsp).Cast<IntegrityAlgorithm?>()
        where encryption.IsAead || encryption.Name is "AES-CBC-128" or "NULL" || integrity!.Name == "HMAC-SHA2-256-128"
        select (encryption, integrity);

    public static IEnumerable<EspSaParameters> AllParameters => Suites.Select(suite => Parameters(suite.Encryption, suite.Integrity));

    public static EspSaParameters Gcm => Parameters("AES-GCM-16-128", null);

    public static EspSaParameters Cbc => Parameters("AES-CBC-128", "HMAC-SHA2-256-128");

    public static EspSaParameters Parameters(string encryption, string? integrity, uint spi = Spi) =>
        Parameters(EncryptionAlgorithm.Named(encryption), integrity is null ? null : IntegrityAlgorithm.Named(integrity), spi);

    public static EspSaParameters Parameters(EncryptionAlgorithm encryption, IntegrityAlgorithm? integrity, uint spi = Spi)
    {
        var keys = new byte[EspSaParameters.KeyMaterialLength(encryption, integrity)];
        new SeededRandomSource(4711).Fill(keys);
        return EspSaParameters.FromKeyMaterial(
            "net",
            spi,
            West,
            East,
            encryption,
            integrity,
            keys,
            SaMode.Tunnel,
            Networks,
            confidentialityOnly: integrity is null && !encryption.IsAead);
    }

    public static EspSaParameters Esn(this EspSaParameters parameters) => parameters with { ExtendedSequenceNumbers = true };

    /// <summary>The same SA with the receiver's selectors.</summary>
    public static EspSaParameters AtReceiver(this EspSaParameters parameters) =>
        parameters with { Selectors = parameters.Selectors.Reversed };

    public static EspOutboundSa Sender(EspSaParameters parameters, ulong firstSequenceNumber = 1) =>
        new(parameters, new SeededRandomSource(1), firstSequenceNumber);

    public static byte[] Bytes(int length, ulong seed = 99)
    {
        var bytes = new byte[length];
        new SeededRandomSource(seed).Fill(bytes);
        return bytes;
    }

    /// <summary>Protects a payload and demands that it works.</summary>
    public static byte[] Protect(this EspOutboundSa sa, ReadOnlySpan<byte> payload, byte nextHeader = 4)
    {
        var packet = new byte[sa.ProtectedLength(payload.Length)];
        var outcome = sa.TryProtect(payload, nextHeader, packet, out var written);
        return outcome == EspOutcome.Ok && written == packet.Length
            ? packet
            : throw new InvalidOperationException($"{outcome}, {written} bytes");
    }

    /// <summary>Unprotects a packet into a new array.</summary>
    public static EspOutcome Unprotect(this EspInboundSa sa, ReadOnlySpan<byte> packet, out byte[] payload, out byte nextHeader)
    {
        var plaintext = new byte[sa.PlaintextLength(packet.Length)];
        var outcome = sa.TryUnprotect(packet, plaintext, out var written, out nextHeader, out _);
        payload = plaintext[..written];
        return outcome;
    }

    public static EspOutcome Unprotect(this EspInboundSa sa, ReadOnlySpan<byte> packet) => sa.Unprotect(packet, out _, out _);
}
