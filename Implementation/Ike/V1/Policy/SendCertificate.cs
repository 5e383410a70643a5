// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Policy;

/// <summary>When our certificates go out with a signature (RFC 4945 section 3.3.6).</summary>
public enum SendCertificate
{
    /// <summary>When the peer has sent a certificate request: what RFC 4945 wants as the default.</summary>
    WhenAsked,

    /// <summary>With each signature, for peers that want certificates and do not ask.</summary>
    Always,

    /// <summary>Not at all: the peer has them already.</summary>
    Never,
}
