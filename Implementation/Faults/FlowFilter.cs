// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Faults;

/// <summary>Applies flow faults to the datagrams that pass an endpoint. Deterministic; not safe for concurrent calls.</summary>
public sealed class FlowFilter
{
    private readonly ExchangeCounter _counter = new();
    private readonly List<Active> _faults = [];

    /// <summary>Adds a fault, effective from the next datagram on.</summary>
    /// <param name="fault">The fault.</param>
    public void Add(FlowFault fault) => _faults.Add(new(fault));

    /// <summary>How often a datagram passes on: 0 when it is lost, 2 when it is duplicated.</summary>
    /// <param name="datagram">UDP payload of an IKE datagram.</param>
    /// <returns>Number of copies to pass on.</returns>
    public int Copies(ReadOnlySpan<byte> datagram)
    {
        var number = _counter.NumberOf(datagram, out var exchange);
        foreach (var active in _faults)
        {
            var selector = active.Fault.Selector;
            if (selector.Exchange == exchange && selector.Number == number && active.Applied < active.Fault.Times)
            {
                active.Applied++;
                return active.Fault.Operation == FlowOperation.Drop ? 0 : 2;
            }
        }

        return 1;
    }

    /// <summary>How often a fault has been applied.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The count; a scenario whose fault was never applied proves nothing.</returns>
    public int Applied(string id) => _faults.Where(f => f.Fault.Id == id).Sum(f => f.Applied);

    private sealed class Active(FlowFault fault)
    {
        public FlowFault Fault { get; } = fault;

        public int Applied { get; set; }
    }
}
