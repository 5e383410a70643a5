// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Peers;

/// <summary>What a driver may do to bring its peer up.</summary>
/// <param name="MayInstall">Whether it may build what is missing, for example a container image; else it names it.</param>
/// <param name="Say">Tells the user, in one line, what takes long or is being installed: before it is.</param>
/// <param name="Cancellation">The user ends the run.</param>
public sealed record PeerStartRequest(bool MayInstall, Action<string> Say, CancellationToken Cancellation);
