// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Security.Cryptography;
using Ipsec.Crypto;
using Ipsec.Crypto.V1;
using Ipsec.Ike.V1.Protection;
using Ipsec.Ike.V1.QuickMode;
using Ipsec.Ike.V1.Sessions;

namespace Ipsec.Ike.Tests;

/// <summary>
/// KEYMAT of RFC 2409 section 5.5, written down here once more with the platform's HMAC: K1 | K2 | ..., Kn = prf(SKEYID_d,
/// Kn-1 | [g(qm)^xy |] protocol | SPI | Ni_b | Nr_b).
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class KeyMaterialTests
{
    private static readonly byte[] SkeyidD = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] NonceI = [.. Enumerable.Range(40, 17).Select(i => (byte)i)];
    private static readonly byte[] NonceR = [.. Enumerable.Range(90, 30).Select(i => (byte)i)];

    private static IEnumerable<TestCaseData> Cases() =>
        from item in new[]
        {
            (Phase2Policies.Gcm, IpsecProtocol.Esp, 20),
            (Phase2Policies.Cbc, IpsecProtocol.Esp, 64),
            (Phase2Policies.Bundle, IpsecProtocol.Esp, 64),
            (Phase2Policies.Bundle, IpsecProtocol.Ah, 20),
            (V1.Phase2Suite.Ah(Phase2Policies.Integrity("HMAC-SHA2-512-256")), IpsecProtocol.Ah, 64),
            (new V1.Phase2Suite(Phase2Policies.Cbc.Encryption!, Phase2Policies.Integrity("HMAC-SHA2-512-256")), IpsecProtocol.Esp, 96),
        }
        from secret in new[] { 0, 64 }
        select new TestCaseData(item.Item1, item.Item2, item.Item3, secret);

    [TestCaseSource(nameof(Cases))]
    public void ItIsTheFormulaOfTheRfc(object suite, IpsecProtocol protocol, int size, int secretSize)
    {
        const uint Spi = 0x0102_A0B0;
        var secret = Enumerable.Range(7, secretSize).Select(i => (byte)i).ToArray();
        var spi = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(spi, Spi);
        byte[] expected = [];
        byte[] block = [];
        while (expected.Length < size)
        {
            block = HMACSHA256.HashData(SkeyidD, (byte[])[.. block, .. secret, (byte)protocol, .. spi, .. NonceI, .. NonceR]);
            expected = [.. expected, .. block];
        }

        using var security = new Phase1Security(
            PolicyPair.Phase1("AES-CBC-128", "HMAC-SHA2-256", "ECP-256"),
            new Phase1Keys(new byte[32], SkeyidD, new byte[32], new byte[32], new byte[16]),
            new byte[16]);
        var context = new QuickModeContext(
            new PolicyPair().West, new("tunnel", "peer", null), null!, security, 1, new ChildSaTable(), new(), V1.Nat.NatSituation.None, new SeededRandomSource(1));
        ChildKeyMaterial.Derive(context, (V1.Phase2Suite)suite, protocol, Spi, secret, NonceI, NonceR).Should().Equal(expected[..size]);
    }
}
