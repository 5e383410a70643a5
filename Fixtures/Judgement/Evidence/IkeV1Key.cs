// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>What opens the encrypted messages of one ISAKMP SA.</summary>
/// <param name="InitiatorCookieHex">The initiator's cookie, 16 hexadecimal digits.</param>
/// <param name="EncryptionKey">The cipher's key (RFC 2409 appendix B), cut to the cipher's length.</param>
public sealed record IkeV1Key(string InitiatorCookieHex, byte[] EncryptionKey);
