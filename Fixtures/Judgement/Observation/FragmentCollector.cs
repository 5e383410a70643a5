// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Puts the pieces of fragmented messages together, for each sender and fragment ID.</summary>
internal sealed class FragmentCollector
{
    private readonly Dictionary<(string From, ushort Id), SortedDictionary<byte, FragmentPayload>> _pieces = [];

    /// <summary>Takes a piece.</summary>
    /// <param name="from">Who sent it.</param>
    /// <param name="piece">The piece.</param>
    /// <param name="message">The message, when this piece was the one that was missing.</param>
    /// <param name="count">Of how many pieces.</param>
    public bool TryComplete(string from, FragmentPayload piece, [NotNullWhen(true)] out byte[]? message, out int count)
    {
        if (!_pieces.TryGetValue((from, piece.FragmentId), out var pieces))
        {
            pieces = [];
            _pieces.Add((from, piece.FragmentId), pieces);
        }

        pieces[piece.Number] = piece;
        count = pieces.Count;
        var isWhole = pieces.Keys.First() == 1 && pieces.Keys.Last() == count && pieces.Values.Last().IsLast;
        message = isWhole ? [.. pieces.Values.SelectMany(each => each.Data.ToArray())] : null;
        if (isWhole)
        {
            // A sender may use the same ID again for its next message.
            _pieces.Remove((from, piece.FragmentId));
        }

        return isWhole;
    }
}
