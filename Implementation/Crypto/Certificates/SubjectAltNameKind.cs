// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Certificates;

/// <summary>The choices of GeneralName (RFC 5280 section 4.2.1.6) that an identification payload can carry (RFC 4945 section 5.1.3.6).</summary>
public enum SubjectAltNameKind
{
    /// <summary>dNSName, for ID_FQDN.</summary>
    Dns,

    /// <summary>rfc822Name, for ID_USER_FQDN.</summary>
    Email,

    /// <summary>iPAddress, for ID_IPV4_ADDR and ID_IPV6_ADDR.</summary>
    IpAddress,

    /// <summary>directoryName, for ID_DER_ASN1_DN.</summary>
    DirectoryName,
}
