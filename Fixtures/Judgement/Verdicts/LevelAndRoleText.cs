// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>The text forms of <see cref="Level"/> and <see cref="Role"/>: as in tags and in JSON.</summary>
public static class LevelAndRoleText
{
    /// <summary><c>must</c>, <c>should</c> or <c>may</c>.</summary>
    public static string ToText(this Level level) => level switch
    {
        Level.Must => "must",
        Level.Should => "should",
        Level.May => "may",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "not a level"),
    };

    /// <summary><c>none</c>, <c>initiator</c> or <c>responder</c>.</summary>
    public static string ToText(this Role role) => role switch
    {
        Role.None => "none",
        Role.Initiator => "initiator",
        Role.Responder => "responder",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "not a role"),
    };
}
