// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>A payload of a trace. Nothing here is random by nature: no nonce, key, SPI or hash.</summary>
/// <param name="Type">Its short name, for example <c>SA</c>.</param>
/// <param name="Text">What it says in one word or two, for example the type of a notification; empty when there is nothing to say.</param>
/// <param name="Transforms">The transforms of an SA payload; empty of any other.</param>
public sealed record TracePayload(string Type, string Text, ImmutableArray<TraceTransform> Transforms)
{
    /// <summary>Whether it notifies of an error.</summary>
    public bool IsError { get; init; }
}
