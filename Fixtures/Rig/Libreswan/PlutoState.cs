// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text.RegularExpressions;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>A state of pluto's: an IKE SA, or one quick mode and what came of it.</summary>
/// <param name="Number">Its number, which no other has in pluto's life.</param>
/// <param name="Connection">Name of its connection.</param>
/// <param name="Name">Pluto's name of the state, for example MAIN_R3.</param>
/// <param name="IsEstablished">Whether the SA is established.</param>
/// <param name="Rest">Timers and marks.</param>
/// <param name="RemotePort">The other side's port.</param>
internal sealed partial record PlutoState(int Number, string Connection, string Name, bool IsEstablished, string Rest, ushort RemotePort)
{
    /// <summary>Whether it is one of quick mode.</summary>
    public bool IsChild => Name.StartsWith("QUICK", StringComparison.Ordinal);

    /// <summary>Whether pluto started it.</summary>
    public bool IsInitiator => Name.Split('_')[^1].StartsWith('I');

    /// <summary>Seconds to an event.</summary>
    /// <param name="name">For example REPLACE.</param>
    /// <returns>Null when it is not the next.</returns>
    public long? SecondsTo(string name) =>
        Timer().Match(Rest) is { Success: true } timer && timer.Groups["event"].Value == name ? long.Parse(timer.Groups["seconds"].ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"(?<event>\w+) in (?<seconds>\d+)s", RegexOptions.ExplicitCapture)]
    private static partial Regex Timer();
}
