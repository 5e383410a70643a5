// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>A policy in strongSwan's words.</summary>
/// <param name="Connection">The connection, as <c>load-conn</c> takes it: its name is the connection's.</param>
/// <param name="Secret">The pre-shared key, as <c>load-shared</c> takes it.</param>
/// <param name="Text">The same as swanctl.conf.</param>
internal sealed record RenderedPolicy(ConfigSection Connection, ConfigSection Secret, string Text);
