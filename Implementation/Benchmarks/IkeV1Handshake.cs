// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using BenchmarkDotNet.Attributes;
using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Benchmarks;

/// <summary>
/// A whole IKEv1 negotiation, main mode with a pre-shared key and one quick mode (RFC 2409 sections 5.4 and 5.5): both ends in
/// one process and on one thread, datagrams handed over in memory. One operation is one SA pair on both sides.
/// </summary>
[MemoryDiagnoser]
public class IkeV1Handshake
{
    private const string Connection = "tunnel";
    private const string Child = "net";
    private const uint Phase1Seconds = 28800;

    private static readonly IPEndPoint West = new(IPAddress.Parse("198.51.100.10"), 500);
    private static readonly IPEndPoint East = new(IPAddress.Parse("198.51.100.2"), 500);
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private readonly Queue<SendDatagram> _inFlight = new();
    private ConnectionPolicy _west = null!;
    private ConnectionPolicy _east = null!;

    /// <summary>The Diffie-Hellman group of phase 1: 14 and 19.</summary>
    [Params("MODP-2048", "ECP-256")]
    public string Group { get; set; } = "";

    /// <summary>Builds both policies.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _west = Policy(West, East, "west.example", "east.example", 18, 19);
        _east = Policy(East, West, "east.example", "west.example", 19, 18);
    }

    /// <summary>Nine messages: main mode's six and quick mode's three.</summary>
    /// <returns>SA pairs installed on both sides together: 2.</returns>
    /// <exception cref="InvalidOperationException">The negotiation failed: there is nothing to measure.</exception>
    [Benchmark(Description = "IKEv1 main + quick mode, PSK")]
    public int MainAndQuickMode()
    {
        var west = Endpoint(_west);
        var east = Endpoint(_east);
        Take(west.Handle(new InitiateChildSa(Connection, Child), Now));
        while (_inFlight.TryDequeue(out var datagram))
        {
            var receiver = datagram.Remote.Equals(East) ? east : west;
            Take(receiver.Handle(new DatagramReceived(datagram.Remote, datagram.Local, datagram.Bytes), Now));
        }

        var pairs = west.ChildSas.Count + east.ChildSas.Count;
        return pairs == 2 ? pairs : throw new InvalidOperationException($"the negotiation ended with {pairs} SA pairs instead of 2");
    }

    private void Take(IkeOutcome outcome)
    {
        foreach (var effect in outcome.Effects)
        {
            if (effect is SendDatagram datagram)
            {
                _inFlight.Enqueue(datagram);
            }
        }
    }

    private static IkeV1Endpoint Endpoint(ConnectionPolicy policy)
    {
        var endpoint = new IkeV1Endpoint(new SystemRandomSource());
        var errors = endpoint.Add(policy);
        return errors.Count == 0 ? endpoint : throw new InvalidOperationException(string.Join("; ", errors));
    }

    private ConnectionPolicy Policy(IPEndPoint local, IPEndPoint remote, string id, string peer, byte ours, byte theirs) => new()
    {
        Name = Connection,
        Local = local,
        Remote = remote,
        LocalIdentity = IdentificationPayload.Fqdn(id),
        RemoteIdentity = IdentificationPayload.Fqdn(peer),
        PreSharedKey = Encoding.ASCII.GetBytes("a key for nothing but this measurement"),
        Phase1 =
        [
            new Phase1Suite(
                EncryptionAlgorithm.Named("AES-CBC-128"), PrfAlgorithm.Named("HMAC-SHA2-256"), KeyExchangeMethod.Named(Group), Phase1Seconds),
        ],
        Children =
        [
            new ChildPolicy
            {
                Name = Child,
                LocalSelector = Subnet(ours),
                RemoteSelector = Subnet(theirs),
                Suites = [new Phase2Suite(EncryptionAlgorithm.Named("AES-GCM-16-128"), null)],
            },
        ],
    };

    private static IdentificationPayload Subnet(byte second) =>
        IdentificationPayload.Ipv4Subnet(new IPAddress([198, second, 0, 0]), 24);
}
