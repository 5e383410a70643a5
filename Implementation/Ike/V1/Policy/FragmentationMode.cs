// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Policy;

/// <summary>When IKE messages are sent in fragments (payload type 132), and whether fragments are taken.</summary>
public enum FragmentationMode
{
    /// <summary>Not announced, not sent, not taken.</summary>
    Off,

    /// <summary>Announced and taken, never sent.</summary>
    Accept,

    /// <summary>Announced and taken; sent to a peer that has announced it, when a message is too large for one datagram.</summary>
    Yes,

    /// <summary>As <see cref="Yes"/>, and also to a peer that has not announced it.</summary>
    Force,
}
