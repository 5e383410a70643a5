// SPDX-License-Identifier: Apache-2.0

using Org.BouncyCastle.Security;

namespace Ipsec.Crypto.Backends;

/// <summary>Our source of random octets, as Bouncy Castle takes it.</summary>
internal sealed class BouncyRandom(IRandomSource source) : SecureRandom(generator: null)
{
    public override void NextBytes(byte[] buf) => source.Fill(buf);

    public override void NextBytes(byte[] buf, int off, int len) => source.Fill(buf.AsSpan(off, len));

    public override void NextBytes(Span<byte> buffer) => source.Fill(buffer);

    public override byte[] GenerateSeed(int length)
    {
        byte[] seed = new byte[length];
        source.Fill(seed);
        return seed;
    }

    public override void GenerateSeed(Span<byte> seed) => source.Fill(seed);
}
