// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>The IKE messages of one scenario with one peer, each in its place.</summary>
internal sealed class IkeConversation
{
    /// <summary>What traces call the judged peer.</summary>
    public const string Peer = "east";

    /// <summary>What traces call the suite's own gateway.</summary>
    public const string Suite = "west";

    private readonly Dictionary<MessagePlace, PeerMessage> _fromPeer = [];

    /// <summary>Takes a trace apart.</summary>
    public IkeConversation(Trace trace)
    {
        var exchanges = new Dictionary<(string Sa, string Exchange, string MessageId), MessagePlace>();
        var messages = ImmutableArray.CreateBuilder<PeerMessage>();
        for (var i = 0; i < trace.Messages.Length; i++)
        {
            var message = trace.Messages[i];
            if (message.Ike is not { } ike)
            {
                continue;
            }

            var key = (ike.Sa, ike.Exchange, ike.MessageId);
            if (!exchanges.TryGetValue(key, out var exchange))
            {
                var starter = message.Ladder.From;
                exchange = new(ike.Exchange, starter, 1 + exchanges.Values.Count(other => other.Exchange == ike.Exchange && other.Starter == starter), 0);
                exchanges.Add(key, exchange);
            }

            messages.Add(new(exchange with { Ordinal = ike.Ordinal }, message.Frame == 0 ? i + 1 : message.Frame, message, ike));
        }

        Messages = messages.ToImmutable();
        foreach (var message in Messages.Where(message => message.IsFromPeer && !message.Ike.IsRepeat))
        {
            _fromPeer.TryAdd(message.Place, message);
        }
    }

    /// <summary>All of them, repetitions too, in order of time.</summary>
    public ImmutableArray<PeerMessage> Messages { get; }

    /// <summary>What the peer sent, each message once.</summary>
    public IReadOnlyCollection<PeerMessage> FromPeer => _fromPeer.Values;

    /// <summary>The messages that the peers sent at the same places of two conversations.</summary>
    public static IEnumerable<(PeerMessage A, PeerMessage B)> Common(IkeConversation a, IkeConversation b) =>
        a._fromPeer.Values.Where(message => b._fromPeer.ContainsKey(message.Place)).Select(message => (message, b._fromPeer[message.Place]));
}
