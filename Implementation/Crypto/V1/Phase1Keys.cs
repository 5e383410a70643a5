// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.V1;

/// <summary>The secrets of an IKEv1 phase 1 SA (RFC 2409 section 5, appendix B).</summary>
/// <param name="Skeyid">SKEYID, the root of the others; as long as the prf's output.</param>
/// <param name="SkeyidD">SKEYID_d, from which the keys of phase 2 SAs are derived.</param>
/// <param name="SkeyidA">SKEYID_a, which authenticates the messages of phase 2.</param>
/// <param name="SkeyidE">SKEYID_e, from which the encryption key comes.</param>
/// <param name="EncryptionKey">The key of the phase 1 cipher, of that cipher's key size.</param>
public sealed record Phase1Keys(byte[] Skeyid, byte[] SkeyidD, byte[] SkeyidA, byte[] SkeyidE, byte[] EncryptionKey);
