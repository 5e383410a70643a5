// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Faults;

/// <summary>From where the offset of a <see cref="PayloadField"/> counts.</summary>
public enum FieldOrigin
{
    /// <summary>The payload's generic header.</summary>
    Payload,

    /// <summary>The first Proposal of an SA payload.</summary>
    Proposal,

    /// <summary>The first Transform of the first Proposal.</summary>
    Transform,

    /// <summary>The first attribute of the first Transform.</summary>
    Attribute,
}
