// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>
/// The attributes of a transform, read by the rules that both phases share: basic attributes are never of variable length
/// (RFC 2409 appendix A, RFC 2407 section 4.5), a life duration follows the life type that gives its unit, and both may
/// come several times as long as they do not contradict each other (RFC 2407 section 4.5.2).
/// </summary>
internal sealed class TransformValues
{
    private readonly Dictionary<ushort, ushort> _basics = [];

    private TransformValues()
    {
    }

    /// <summary>Life duration in seconds; null when it is not negotiated.</summary>
    public ulong? Seconds { get; private set; }

    /// <summary>Life duration in kilobytes; null when it is not negotiated.</summary>
    public ulong? Kilobytes { get; private set; }

    /// <summary>Whether two attributes of one class differ, which aborts the negotiation.</summary>
    public bool IsContradictory { get; private set; }

    /// <summary>Attribute classes other than those of the lifetime.</summary>
    public IEnumerable<ushort> Types => _basics.Keys;

    /// <summary>Reads the attributes of a transform.</summary>
    /// <param name="attributes">The attributes.</param>
    /// <param name="lifeType">Number of the life type's class.</param>
    /// <param name="lifeDuration">Number of the life duration's class.</param>
    /// <returns>Null when an attribute breaks the rules of its encoding: such a transform can mean nothing.</returns>
    public static TransformValues? Read(ImmutableArray<DataAttribute> attributes, ushort lifeType, ushort lifeDuration)
    {
        var values = new TransformValues();
        ulong? unit = null;
        foreach (var attribute in attributes)
        {
            if (!attribute.TryGetNumber(out var number) || (!attribute.IsBasic && attribute.Type != lifeDuration))
            {
                return null;
            }

            if (attribute.Type == lifeType)
            {
                if (unit is not null)
                {
                    return null;
                }

                unit = number;
            }
            else if (attribute.Type == lifeDuration)
            {
                if (number == 0 || !values.TryAddDuration(unit, number))
                {
                    return null;
                }

                unit = null;
            }
            else
            {
                values.AddBasic(attribute.Type, (ushort)number);
            }
        }

        return unit is null ? values : null;
    }

    /// <summary>The value of a basic attribute.</summary>
    /// <returns>Null when the attribute is not there.</returns>
    public ushort? Get(ushort type) => _basics.TryGetValue(type, out var value) ? value : null;

    /// <summary>
    /// Whether an answer has the attributes of an offer, none changed, added or left out (RFC 2409 section 5). A life
    /// duration may be encoded differently (RFC 2409 appendix A).
    /// </summary>
    public static bool AreSame(ImmutableArray<DataAttribute> offered, ImmutableArray<DataAttribute> answered, ushort lifeDuration)
    {
        return offered.Length == answered.Length && Ordered(offered).SequenceEqual(Ordered(answered));

        // A duration belongs to the type in front of it: two that change places mean something else.
        IEnumerable<(ushort Type, bool IsBasic, ulong? Number, ulong? Unit)> Ordered(ImmutableArray<DataAttribute> attributes) => attributes
            .Select((a, at) => (
                a.Type,
                IsBasic: a.IsBasic || a.Type == lifeDuration,
                Number: Number(a),
                Unit: a.Type == lifeDuration && at > 0 ? Number(attributes[at - 1]) : null))
            .Order();

        static ulong? Number(DataAttribute attribute) => attribute.TryGetNumber(out var number) ? number : null;
    }

    private bool TryAddDuration(ulong? unit, ulong duration)
    {
        switch (unit)
        {
            case (ulong)LifeType.Seconds:
                IsContradictory |= Seconds is { } seconds && seconds != duration;
                Seconds = duration;
                return true;
            case (ulong)LifeType.Kilobytes:
                IsContradictory |= Kilobytes is { } kilobytes && kilobytes != duration;
                Kilobytes = duration;
                return true;
            default:
                return false;
        }
    }

    private void AddBasic(ushort type, ushort value)
    {
        IsContradictory |= _basics.TryGetValue(type, out var before) && before != value;
        _basics[type] = value;
    }
}
