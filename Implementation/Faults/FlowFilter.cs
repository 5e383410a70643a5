// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Faults;

/// <summary>Applies flow faults to the datagrams that pass an endpoint. Deterministic; not safe for concurrent calls.</summary>
public sealed class FlowFilter
{
    private readonly ExchangeCounter _counter = new();
    private readonly List<Active> _faults = [];
    private readonly List<(bool Leaves, ReadOnlyMemory<byte> Datagram)> _held = [];

    /// <summary>Adds a fault, effective from the next datagram on.</summary>
    /// <param name="fault">The fault.</param>
    public void Add(FlowFault fault) => _faults.Add(new(fault));

    /// <summary>What arrives at the other end of the way for a datagram.</summary>
    /// <param name="datagram">UDP payload of an IKE datagram.</param>
    /// <param name="leaves">Whether it leaves the endpoint; otherwise it comes.</param>
    /// <returns>Nothing when it is lost or held back, itself once or twice, and behind it what was held back before.</returns>
    public IReadOnlyList<ReadOnlyMemory<byte>> Pass(ReadOnlyMemory<byte> datagram, bool leaves)
    {
        var operation = OperationOn(datagram.Span);
        if (operation == FlowOperation.HoldBack)
        {
            // Whoever hands the datagram over may use its memory again.
            _held.Add((leaves, datagram.ToArray()));
            return [];
        }

        if (operation == FlowOperation.Drop)
        {
            return [];
        }

        ReadOnlyMemory<byte>[] late = [.. _held.Where(held => held.Leaves == leaves).Select(held => held.Datagram)];
        _held.RemoveAll(held => held.Leaves == leaves);
        return operation == FlowOperation.Duplicate ? [datagram, datagram, .. late] : [datagram, .. late];
    }

    /// <summary>How often a fault has been applied.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The count; a scenario whose fault was never applied proves nothing.</returns>
    public int Applied(string id) => _faults.Where(f => f.Fault.Id == id).Sum(f => f.Applied);

    private FlowOperation? OperationOn(ReadOnlySpan<byte> datagram)
    {
        var number = _counter.NumberOf(datagram, out var exchange);
        foreach (var active in _faults)
        {
            var selector = active.Fault.Selector;
            if (selector.Exchange == exchange && selector.Number == number && active.Applied < active.Fault.Times)
            {
                active.Applied++;
                return active.Fault.Operation;
            }
        }

        return null;
    }

    private sealed class Active(FlowFault fault)
    {
        public FlowFault Fault { get; } = fault;

        public int Applied { get; set; }
    }
}
