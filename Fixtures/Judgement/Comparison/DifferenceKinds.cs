// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>Kinds of difference for people.</summary>
public static class DifferenceKinds
{
    /// <summary>Every kind in its order.</summary>
    public static IReadOnlyList<DifferenceKind> All { get; } = Enum.GetValues<DifferenceKind>();

    /// <summary>A section's title.</summary>
    public static string Title(this DifferenceKind kind) => kind switch
    {
        DifferenceKind.Verdict => "Verdicts",
        DifferenceKind.ExchangeShape => "Shape of exchanges",
        DifferenceKind.Proposals => "Proposals offered and chosen",
        DifferenceKind.PayloadOrder => "Order of payloads",
        DifferenceKind.PayloadContent => "Content of payloads",
        DifferenceKind.Notifications => "Notifications and deletions",
        DifferenceKind.VendorIds => "Vendor IDs",
        DifferenceKind.Timers => "Retransmission intervals",
        DifferenceKind.Reactions => "Reactions to messages, errors among them",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of difference"),
    };
}
