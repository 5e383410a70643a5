// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto;

/// <summary>How an encryption algorithm treats a message.</summary>
public enum EncryptionMode
{
    /// <summary>Cipher block chaining: whole blocks, each encrypted with the one before.</summary>
    Cbc,

    /// <summary>A key stream made by encrypting a counter (RFC 3686): any length.</summary>
    Counter,

    /// <summary>Nothing is encrypted (RFC 2410).</summary>
    Null,

    /// <summary>Encryption and integrity in one, a combined mode in the words of RFC 4303 section 3.2.3.</summary>
    Aead,
}
