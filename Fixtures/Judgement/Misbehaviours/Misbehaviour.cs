// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>A way in which a peer that can be told so breaks the rules, in the words of features.</summary>
/// <param name="Words">What it does, as a sentence goes on after its name: "leaves the KE payload out".</param>
/// <param name="Sign">Finds the first message on the wire that shows it, or where it consists in silence, the message that stays without an answer; null where none does.</param>
public sealed record Misbehaviour(string Words, Func<IReadOnlyList<ObservedIke>, ObservedIke?> Sign)
{
    /// <inheritdoc/>
    public override string ToString() => Words;
}
