// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Run;

/// <summary>The peer cannot do what the scenario asks of it: known before, or proven by a probe.</summary>
public sealed class UnsupportedException(string reason) : Exception(reason);
