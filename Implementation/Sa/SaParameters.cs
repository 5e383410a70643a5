// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Wire.Ip;

namespace Ipsec.Sa;

/// <summary>What both ends know about one unidirectional SA, whatever its protocol (RFC 4301 section 4.4.2.1). Immutable.</summary>
public abstract record SaParameters
{
    /// <summary>Replay window when none is asked for, in packets (RFC 4303 section 3.4.3).</summary>
    public const int DefaultReplayWindowSize = 64;

    /// <summary>Lowest SPI that may be on the wire: 0 is for local use, 1 to 255 are IANA's (RFC 4303 section 2.1).</summary>
    public const uint FirstUsableSpi = 256;

    private readonly IPAddress _source = IPAddress.None;
    private readonly IPAddress _destination = IPAddress.None;

    /// <summary>ESP or AH.</summary>
    public abstract IpProtocol Protocol { get; }

    /// <summary>The connection the SA belongs to: what the SPD entry that wants it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The number by which the receiver knows the SA (RFC 4303 section 2.1; RFC 4302 section 2.4).</summary>
    public required uint Spi { get; init; }

    /// <summary>Outer address of the sender; in transport mode the packet's own.</summary>
    public required IPAddress Source
    {
        get => _source;
        init
        {
            _source = value;
            SourceNumber = AddressNumber.From(value);
        }
    }

    /// <summary>Outer address of the receiver; in transport mode the packet's own.</summary>
    public required IPAddress Destination
    {
        get => _destination;
        init
        {
            _destination = value;
            DestinationNumber = AddressNumber.From(value);
        }
    }

    /// <summary>Outer address of the sender, as a number.</summary>
    public AddressNumber SourceNumber { get; private init; }

    /// <summary>Outer address of the receiver, as a number.</summary>
    public AddressNumber DestinationNumber { get; private init; }

    /// <summary>Width of the receiver's replay window, in packets; 0 turns the service off (RFC 4303 section 3.4.3).</summary>
    public int ReplayWindowSize { get; init; } = DefaultReplayWindowSize;

    /// <summary>Whether sequence numbers have 64 bits (RFC 4303 section 2.2.1).</summary>
    public bool ExtendedSequenceNumbers { get; init; }

    /// <summary>Tunnel or transport.</summary>
    public required SaMode Mode { get; init; }

    /// <summary>The traffic that the SA may carry; local is this endpoint's side in both directions.</summary>
    public required SelectorPair Selectors { get; init; }

    /// <summary>When the SA is to be replaced and when it ends.</summary>
    public SaLifetime Lifetime { get; init; } = SaLifetime.Unlimited;

    /// <summary>When the SA was established, from which its lifetime counts.</summary>
    public DateTimeOffset Established { get; init; }

    /// <summary>The bundle that this SA is a part of; null for one that stands alone.</summary>
    public SaBundle? Bundle { get; init; }

    /// <summary>Size of the ICV in each packet, in bytes; 0 without integrity.</summary>
    public abstract int IcvSize { get; }

    /// <summary>Whether an SPI is one that must not be given to an SA (RFC 4303 section 2.1).</summary>
    /// <param name="spi">The SPI.</param>
    /// <returns>True for 0 to 255.</returns>
    public static bool IsReservedSpi(uint spi) => spi < FirstUsableSpi;

    /// <summary>Refuses parameters that no SA can have: keys of wrong sizes, replay checks without integrity.</summary>
    /// <exception cref="ArgumentException">What is wrong.</exception>
    public virtual void EnsureUsable()
    {
        Require(SourceNumber.Version == DestinationNumber.Version, "both ends have to be of one IP version");

        // Without integrity anybody can move the window (RFC 4303 section 3.4.3).
        Require(IcvSize > 0 || ReplayWindowSize == 0, "replay protection needs integrity");
        Require(!ExtendedSequenceNumbers || ReplayWindowSize > 0, "the window is what tells the high half of a sequence number");
    }

    /// <summary>Refuses what does not hold.</summary>
    /// <param name="holds">What has to hold.</param>
    /// <param name="otherwise">What is wrong if it does not.</param>
    /// <exception cref="ArgumentException">It does not hold.</exception>
    protected void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException($"{this}: {otherwise}.");
        }
    }
}
