// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Effects;

/// <summary>
/// The peer may send on the inbound SA of this pair from now on, before phase 2 is complete on this side: be ready to
/// receive, do not send. <see cref="InstallChildSa"/> for the same pair follows, or <see cref="RemoveChildSa"/>. Without
/// it the first packets of a peer whose last message was lost or overtaken would be dropped.
/// </summary>
/// <param name="Pair">Both directions, with keying material.</param>
public sealed record InstallInboundSa(ChildSaPair Pair) : IkeEffect;
