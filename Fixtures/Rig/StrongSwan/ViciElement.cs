// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>The first octet of each element of a VICI message.</summary>
internal enum ViciElement : byte
{
    SectionStart = 1,
    SectionEnd = 2,
    KeyValue = 3,
    ListStart = 4,
    ListItem = 5,
    ListEnd = 6,
}
