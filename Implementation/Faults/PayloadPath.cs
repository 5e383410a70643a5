// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Faults;

/// <summary>A payload of a message: the first, second, ... of its type.</summary>
/// <param name="Type">Payload type.</param>
/// <param name="Index">How many of the type stand before it.</param>
public sealed record PayloadPath(PayloadType Type, int Index = 0)
{
    /// <summary>Where in a message it is.</summary>
    /// <param name="payloads">The message's payloads.</param>
    /// <returns>Its index among all payloads; -1 when the message has no such payload.</returns>
    public int Find(ImmutableArray<Payload> payloads)
    {
        var left = Index;
        for (var at = 0; at < payloads.Length; at++)
        {
            if (payloads[at].Type == Type && left-- == 0)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>"SA", or with a number from 1 when it is not the first: "ID 2".</summary>
    /// <returns>The name.</returns>
    public override string ToString() =>
        Index == 0 ? Type.Notation() : string.Create(CultureInfo.InvariantCulture, $"{Type.Notation()} {Index + 1}");
}
