// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Esp;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

/// <summary>Observations made to differ in one thing from what was observed.</summary>
internal static class Bent
{
    public static ObservedIke WithHeader(this ObservedIke message, Func<IsakmpHeader, IsakmpHeader> change) =>
        message with { Header = change(message.Header) };

    public static ObservedIke WithPayloads(this ObservedIke message, Func<ImmutableArray<Payload>, IEnumerable<Payload>> change) =>
        message with { Message = message.Message! with { Payloads = [.. change(message.Message.Payloads)] } };

    public static ObservedIke WithSa(this ObservedIke message, Func<SaPayload, SaPayload> change) =>
        message.WithPayloads(payloads => payloads.Select(payload => payload is SaPayload sa ? change(sa) : payload));

    public static ObservedIke WithProposal(this ObservedIke message, Func<Proposal, Proposal> change) =>
        message.WithSa(sa => sa with { Proposals = [.. sa.Proposals.Select(change)] });

    public static ObservedIke WithTransform(this ObservedIke message, Func<Transform, Transform> change) =>
        message.WithProposal(proposal => proposal with { Transforms = [.. proposal.Transforms.Select(change)] });

    public static ObservedIke WithAttribute(this ObservedIke message, Phase1Attribute type, Func<DataAttribute, DataAttribute> change) =>
        message.WithTransform(transform => transform with
        {
            Attributes = [.. transform.Attributes.Select(attribute => attribute.Type == (ushort)type ? change(attribute) : attribute)],
        });

    public static ObservedIke Unread(this ObservedIke message) => message with { Message = null, Padding = null, Problem = "no key" };

    public static ObservedEsp Opened(this ObservedEsp frame, Func<EspInspection, EspInspection> change) =>
        frame with { Inspection = change(frame.Inspection!) };

    /// <summary>The list with one element changed.</summary>
    public static IReadOnlyList<T> But<T>(this IReadOnlyList<T> list, int at, Func<T, T> change) =>
        [.. list.Select((element, i) => i == at ? change(element) : element)];
}
