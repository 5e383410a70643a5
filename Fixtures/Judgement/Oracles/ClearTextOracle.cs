// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>Looks for octets that must never be seen on the wire.</summary>
public static class ClearTextOracle
{
    /// <summary>None of the secrets occurs in any frame.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="secrets">What must not be seen: what it is, and its octets.</param>
    /// <returns>The first occurrence; null when there is none.</returns>
    /// <exception cref="ArgumentException">There is no secret, or one without octets: the scenario is wrong.</exception>
    public static Finding? NeverInClear(IReadOnlyList<ObservedFrame> frames, IReadOnlyList<(string What, byte[] Octets)> secrets)
    {
        if (secrets.Count == 0 || secrets.Any(secret => secret.Octets.Length == 0))
        {
            throw new ArgumentException("nothing to look for", nameof(secrets));
        }

        foreach (var frame in frames)
        {
            foreach (var (what, octets) in secrets)
            {
                var at = frame.Bytes.Span.IndexOf(octets);
                if (at >= 0)
                {
                    return new($"{what} in no frame", $"frame {frame.Number} has it at octet {at}");
                }
            }
        }

        return frames.Count == 0 ? Finding.Nothing("frames to search") : null;
    }
}
