// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

using Ipsec.Crypto.Signatures;

using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Utilities;

namespace Ipsec.Crypto.Backends;

/// <summary>ECDSA with the per-signature secret of RFC 6979, which the platform does not offer: an exchange stays repeatable.</summary>
internal sealed class EcdsaSigning
{
    private readonly EcdsaCurve _curve;
    private readonly ECPrivateKeyParameters _key;

    public EcdsaSigning(EcdsaCurve curve, ReadOnlySpan<byte> privateValue)
    {
        _curve = curve;
        var domain = new ECDomainParameters(CustomNamedCurves.GetByOid(new DerObjectIdentifier(curve.Oid)));
        _key = new ECPrivateKeyParameters(new BigInteger(1, privateValue), domain);
    }

    public byte[] Sign(ReadOnlySpan<byte> data) => SignHash(CryptographicOperations.HashData(_curve.Hash, data));

    public byte[] SignHash(byte[] hash)
    {
        var signer = new ECDsaSigner(new HMacDsaKCalculator(Digest()));
        signer.Init(forSigning: true, _key);
        BigInteger[] rAndS = signer.GenerateSignature(hash);
        return
        [
            .. BigIntegers.AsUnsignedByteArray(_curve.ScalarSize, rAndS[0]),
            .. BigIntegers.AsUnsignedByteArray(_curve.ScalarSize, rAndS[1]),
        ];
    }

    private IDigest Digest() => _curve.Bits switch
    {
        256 => new Sha256Digest(),
        384 => new Sha384Digest(),
        _ => new Sha512Digest(),
    };
}
