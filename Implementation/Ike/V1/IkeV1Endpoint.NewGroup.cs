// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.NewGroup;

namespace Ipsec.Ike.V1;

/// <content>New group mode on command: RFC 2409 section 5.6.</content>
public sealed partial class IkeV1Endpoint
{
    private const int MostOfferedGroups = 16;

    private void InitiateGroup(InitiateNewGroup command, DateTimeOffset now, List<IkeEffect> effects)
    {
        var connection = Connection(command.Connection);
        if (command.Groups.IsDefaultOrEmpty || command.Groups.Length > MostOfferedGroups)
        {
            throw new ArgumentException($"1 to {MostOfferedGroups} groups can be offered", nameof(command));
        }

        foreach (var group in command.Groups)
        {
            if (!NewGroupMode.IsUsable(group, out var problem))
            {
                throw new ArgumentException($"{group}: {problem}", nameof(command));
            }
        }

        UsableSa(connection, now, effects).WantGroup(command.Groups, now, effects);
    }
}
