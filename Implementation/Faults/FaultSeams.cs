// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1;
using Ipsec.Wire;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Faults;

/// <summary>
/// Applies faults to the messages of an endpoint, each once: what the endpoint sends again is sent again as it was, and the next
/// message of the kind is honest. Deterministic; not safe for concurrent calls.
/// </summary>
public sealed class FaultSeams : IOutboundSeams
{
    private readonly List<Active> _faults = [];
    private readonly List<BentMessage> _sent = [];
    private OutboundMessage? _current;
    private ImmutableArray<Payload> _honest = [];
    private byte[] _encoded = [];
    private PayloadType _first;
    private byte[] _plain = [];
    private bool _isBent;

    /// <summary>The messages that left bent, in order.</summary>
    public IReadOnlyList<BentMessage> Sent => _sent;

    /// <summary>Adds a fault, effective from the next message on.</summary>
    /// <param name="fault">A <see cref="PayloadFault"/>, a <see cref="BytesFault"/> or an <see cref="IdentityFault"/>.</param>
    /// <exception cref="ArgumentException">It takes hold elsewhere.</exception>
    public void Add(Fault fault)
    {
        var isOurs = fault is IdentityFault or PayloadFault { Seam: FaultSeam.Message or FaultSeam.PlainBytes } or BytesFault { Seam: FaultSeam.PlainBytes or FaultSeam.ProtectedBytes };
        _faults.Add(isOurs ? new(fault) : throw new ArgumentException($"{fault} does not take hold of a message", nameof(fault)));
    }

    /// <summary>How often a fault has been applied.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The count; a test whose fault was never applied proves nothing.</returns>
    public int Applied(string id) => _faults.Where(active => active.Fault.Id == id).Sum(active => active.Applied);

    /// <inheritdoc/>
    public IdentificationPayload OnIdentity(Cookie initiatorCookie, bool byInitiator, IdentificationPayload identity)
    {
        foreach (var active in _faults)
        {
            if (active.Fault is not IdentityFault fault || fault.Selector.ByInitiator != byInitiator)
            {
                continue;
            }

            // One phase 1 claims it from beginning to end; the next is honest.
            if (active.Applied == 0)
            {
                (active.Applied, active.Exchange, active.Identity) = (1, initiatorCookie, fault.Apply(identity));
            }

            if (active.Exchange == initiatorCookie)
            {
                return active.Identity!;
            }
        }

        return identity;
    }

    /// <inheritdoc/>
    public ImmutableArray<Payload> OnPayloads(OutboundMessage message, ImmutableArray<Payload> payloads)
    {
        (_current, _honest) = (message, payloads);
        _isBent = _faults.Exists(active => active.Identity is { } identity && payloads.Contains(identity));
        foreach (var active in Due<PayloadFault>(FaultSeam.Message, message, fault => fault.Selector))
        {
            payloads = Bend(active, payloads);
        }

        _encoded = Encode(payloads);
        _first = payloads.IsEmpty ? PayloadType.None : payloads[0].Type;
        return payloads;
    }

    /// <inheritdoc/>
    public byte[] OnPlainBytes(OutboundMessage message, byte[] plain)
    {
        ArgumentNullException.ThrowIfNull(plain);

        // Whatever is in front of the payloads that went in is the protecting HASH.
        var first = plain.AsSpan().SequenceEqual(_encoded) ? _first : PayloadType.Hash;
        foreach (var active in Due<PayloadFault>(FaultSeam.PlainBytes, message, fault => fault.Selector))
        {
            if (PayloadChain.TryRead(first, plain, 0, out var payloads, out _, out _))
            {
                plain = Encode(Bend(active, payloads));
            }
        }

        foreach (var active in Due<BytesFault>(FaultSeam.PlainBytes, message, fault => fault.Selector))
        {
            plain = Bend(active, plain);
        }

        _plain = plain;
        return plain;
    }

    /// <inheritdoc/>
    public byte[] OnProtectedBytes(OutboundMessage message, byte[] datagram)
    {
        _ = IsakmpHeader.TryRead(datagram, out var header, out _);
        foreach (var active in Due<BytesFault>(FaultSeam.ProtectedBytes, message, fault => fault.Selector))
        {
            datagram = Bend(active, datagram);
        }

        if (_isBent && _current == message)
        {
            _sent.Add(new(message, header, _honest, datagram));
        }

        return datagram;
    }

    private static byte[] Encode(ImmutableArray<Payload> payloads)
    {
        var writer = new WireWriter();
        PayloadChain.Write(writer, payloads);
        return writer.ToArray();
    }

    private List<Active> Due<T>(FaultSeam seam, OutboundMessage message, Func<T, MessageSelector> selector)
        where T : Fault =>
        [.. _faults.Where(active => active.Applied == 0 && active.Fault.Seam == seam && active.Fault is T fault && selector(fault).Selects(message))];

    private ImmutableArray<Payload> Bend(Active active, ImmutableArray<Payload> payloads)
    {
        var fault = (PayloadFault)active.Fault;
        var at = fault.Selector.Payload?.Find(payloads) ?? 0;
        if (at < 0 || at >= payloads.Length || fault.Operation.Apply(payloads, at) is not { } bent)
        {
            return payloads;
        }

        active.Applied++;
        _isBent = true;
        return bent;
    }

    private byte[] Bend(Active active, byte[] bytes)
    {
        active.Applied++;
        _isBent = true;
        return ((BytesFault)active.Fault).Operation.Apply(bytes, _plain);
    }

    private sealed class Active(Fault fault)
    {
        public Fault Fault { get; } = fault;

        public int Applied { get; set; }

        public Cookie Exchange { get; set; }

        public IdentificationPayload? Identity { get; set; }
    }
}
