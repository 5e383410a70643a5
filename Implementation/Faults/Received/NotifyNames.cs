// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Faults.Received;

/// <summary>The names that RFC 2408 section 3.14.1 gives to notifications.</summary>
public static class NotifyNames
{
    /// <summary>"NO-PROPOSAL-CHOSEN" for <see cref="NotifyType.NoProposalChosen"/>; a number for a type without a name.</summary>
    /// <param name="type">The notification.</param>
    /// <returns>The RFC's name.</returns>
    public static string NameOf(NotifyType type) =>
        string.Concat($"{type}".Select((letter, at) => at > 0 && char.IsAsciiLetterUpper(letter) ? $"-{letter}" : $"{letter}")).ToUpperInvariant();

    /// <summary>The notification of a name.</summary>
    /// <param name="name">The RFC's name.</param>
    /// <returns>The type.</returns>
    /// <exception cref="ArgumentException">No notification is called so.</exception>
    public static NotifyType Parse(string name)
    {
        foreach (var type in Enum.GetValues<NotifyType>())
        {
            if (NameOf(type) == name)
            {
                return type;
            }
        }

        throw new ArgumentException($"\"{name}\" is no notification of RFC 2408 section 3.14.1", nameof(name));
    }
}
