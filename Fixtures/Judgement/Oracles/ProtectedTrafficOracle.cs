// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges what crosses the wire while traffic passes through a tunnel.</summary>
public static class ProtectedTrafficOracle
{
    /// <summary>Nothing but one protocol of IPsec between the gateways, in both directions, each frame under a known SA.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="protocol">ESP or AH.</param>
    /// <returns>The first other frame, or which direction is missing; null when it holds.</returns>
    public static Finding? Only(IReadOnlyList<ObservedFrame> frames, IpProtocol protocol)
    {
        var found = protocol == IpProtocol.Ah ? AhOracle.OnlyAhBetweenGateways(frames) : EspOracle.OnlyEspBetweenGateways(frames);
        return found ?? (frames.Select(frame => frame.From).Distinct().Count() == 2
            ? null
            : new($"{protocol} in both directions", $"frames from {frames[0].From} alone"));
    }
}
