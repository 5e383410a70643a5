// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>What the command agent in the container answered.</summary>
/// <param name="Status">Exit status; 2 and above: the request could not be carried out.</param>
/// <param name="Text">The output.</param>
internal sealed record AgentReply(int Status, string Text);
