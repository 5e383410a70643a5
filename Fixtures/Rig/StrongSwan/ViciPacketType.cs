// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>The first octet of a VICI packet.</summary>
internal enum ViciPacketType : byte
{
    Command = 0,
    Response = 1,
    UnknownCommand = 2,
    RegisterEvent = 3,
    UnregisterEvent = 4,
    EventConfirmed = 5,
    UnknownEvent = 6,
    Event = 7,
}
