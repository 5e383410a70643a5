// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.StepDefinitions.Peers;

/// <summary>What every generated fixture is: a feature bound to one peer.</summary>
public interface IPeerFixture
{
    /// <summary>The peer's name in the catalog, for example <c>self</c>.</summary>
    string Peer { get; }
}
