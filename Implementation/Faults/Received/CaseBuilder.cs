// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Faults.Received;

/// <summary>Makes the cases of one message: puts the selector and the seam to what the rules say.</summary>
internal sealed class CaseBuilder(Transition row)
{
    private readonly List<ReceivedCase> _cases = [];

    public Transition Row { get; } = row;

    public IReadOnlyList<ReceivedCase> Cases => _cases;

    public bool IsPhase1 => Row.Exchange is ExchangeType.IdentityProtection or ExchangeType.Aggressive;

    /// <summary>Whether its SA payload is one of ISAKMP: of phase 1, or of new group mode.</summary>
    public bool IsOfIsakmp => IsPhase1 || Row.Exchange == ExchangeType.NewGroupMode;

    /// <summary>Whether the message offers: its SA payload is a choice for whoever receives it.</summary>
    public bool IsOffer => Row.Message == 1;

    /// <summary>Whether a HASH in front of the message covers all payloads behind it.</summary>
    public bool IsHashed => Row.Leading is [PayloadType.Hash, ..];

    /// <summary>The payloads that an honest message of ours has, in their order.</summary>
    public ImmutableArray<PayloadPath> Payloads { get; } = PayloadsOf(row);

    public PayloadPath Last => Payloads[^1];

    /// <summary>The clause that defines the message.</summary>
    public string ExchangeClause => Row.Exchange switch
    {
        ExchangeType.IdentityProtection => "RFC2409-5.4-01",
        ExchangeType.Aggressive => "RFC2409-5.4-02",
        ExchangeType.QuickMode when Row.Message < 3 => "RFC2409-5.5-01",
        ExchangeType.QuickMode => "RFC2409-5.5-06",
        ExchangeType.NewGroupMode => "RFC2409-5.6-03",
        ExchangeType.Transaction => "DRAFT-DUKES-IKE-MODE-CFG-02-3.1.1-01",
        _ when Row.IsConnected => "RFC2408-3.1-06",
        _ => "RFC2409-5.7-01",
    };

    /// <summary>A bent datagram.</summary>
    public void Datagram(string field, string value, Demand demand, BytesOperation operation) =>
        Add(field, value, demand, [(id, selector) => new BytesFault(id, FaultSeam.ProtectedBytes, selector, operation, demand.Clause, demand.LegalOutcomes)]);

    /// <summary>A bent payload; a HASH that covers it is right.</summary>
    public void Payload(string field, string value, Demand demand, PayloadPath path, PayloadOperation operation) =>
        Add(field, value, demand, [OnPayload(demand, path, operation)]);

    /// <summary>A payload bent in several ways, one after the other.</summary>
    public void Payload(string field, string value, Demand demand, PayloadPath path, ReadOnlySpan<PayloadOperation> operations)
    {
        var faults = ImmutableArray.CreateBuilder<Func<string, MessageSelector, Fault>>();
        foreach (var operation in operations)
        {
            faults.Add(OnPayload(demand, path, operation));
        }

        Add(field, value, demand, faults.ToImmutable());
    }

    /// <summary>A bent payload and a datagram whose header is bent to fit.</summary>
    public void Payload(string field, string value, Demand demand, PayloadPath path, PayloadOperation operation, BytesOperation header) => Add(
        field,
        value,
        demand,
        [
            OnPayload(demand, path, operation),
            (id, selector) => new BytesFault(id, FaultSeam.ProtectedBytes, selector, header, demand.Clause, demand.LegalOutcomes),
        ]);

    /// <summary>Another identity, which is proved right.</summary>
    public void Identity(string field, string value, Demand demand, PayloadOperation operation) =>
        Add(field, value, demand, [(id, selector) => new IdentityFault(id, selector, operation, demand.Clause, demand.LegalOutcomes)]);

    private Func<string, MessageSelector, Fault> OnPayload(Demand demand, PayloadPath path, PayloadOperation operation) => (id, selector) => new PayloadFault(
        id,
        IsHashed && path.Type == PayloadType.Hash ? FaultSeam.PlainBytes : FaultSeam.Message,
        selector with { Payload = path },
        operation,
        demand.Clause,
        demand.LegalOutcomes);

    private void Add(string field, string value, Demand demand, ImmutableArray<Func<string, MessageSelector, Fault>> faults)
    {
        // CONNECTED is the first message of an informational exchange, though it is the fourth of its quick mode.
        var selector = new MessageSelector(Row.Exchange, Row.IsConnected ? 1 : Row.Message) { ByInitiator = !Row.ByInitiator };
        var id = $"{MessageNames.NameOf(Row)}, {field}: {value}";
        _cases.Add(new(Row, field, value, [.. faults.Select((fault, i) => fault(i == 0 ? id : $"{id} ({i + 1})", selector))], demand));
    }

    /// <summary>What must lead, then what else is required; the client identities of quick mode, and the Delete of an informational message.</summary>
    private static ImmutableArray<PayloadPath> PayloadsOf(Transition row)
    {
        var types = row.Leading.Concat(row.Required.Except(row.Leading));
        types = row.Exchange switch
        {
            ExchangeType.QuickMode when row.Optional.Contains(PayloadType.Identification) => types.Concat([PayloadType.Identification, PayloadType.Identification]),
            ExchangeType.Informational when row.Optional.Contains(PayloadType.Delete) => types.Append(PayloadType.Delete),
            _ => types,
        };
        var paths = new List<PayloadPath>();
        foreach (var type in types)
        {
            paths.Add(new(type, paths.Count(path => path.Type == type)));
        }

        return [.. paths];
    }
}
