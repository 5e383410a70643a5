// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto;

/// <summary>
/// A block cipher in CBC mode under one key. Its <see cref="ICipher.BlockSize"/> is that of the cipher, and its nonce is an IV of one
/// block, without a salt.
/// </summary>
public interface ICbcCipher : ICipher
{
}
