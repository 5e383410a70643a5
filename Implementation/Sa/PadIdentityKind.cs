// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Sa;

/// <summary>The six types of identities that a PAD knows (RFC 4301 section 4.4.3.1), and everybody.</summary>
public enum PadIdentityKind
{
    /// <summary>Any identity at all.</summary>
    Anybody,

    /// <summary>DNS name, specific or of a domain.</summary>
    Dns,

    /// <summary>Distinguished name.</summary>
    DistinguishedName,

    /// <summary>Mail address, specific or of a domain.</summary>
    Email,

    /// <summary>IPv4 or IPv6 addresses.</summary>
    Address,

    /// <summary>Key ID, compared exactly.</summary>
    KeyId,
}
