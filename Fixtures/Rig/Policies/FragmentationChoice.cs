// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>Whether IKE messages are sent in fragments of IKE's own.</summary>
public enum FragmentationChoice
{
    /// <summary>Neither announced nor done.</summary>
    Off,

    /// <summary>Fragments are taken, and that is announced, but none are sent.</summary>
    Accept,

    /// <summary>Done for large messages when the other side has announced that it takes them.</summary>
    Yes,

    /// <summary>Done from the first large message on, whatever the other side has announced.</summary>
    Force,
}
