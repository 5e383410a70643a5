// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto.V1;
using Ipsec.Faults;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Wire;
using Ipsec.Wire.Ip;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <content>
/// Messages that carry the cookies of a live IKE SA and that west's state machine would not send: it knows nothing of them, so whatever
/// changes through them changes on east's side.
/// </content>
public sealed partial class Scene
{
    private const ushort IkePort = 500;
    private const int GarbageBlocks = 4;

    /// <summary>Message IDs of such messages count up from here.</summary>
    private uint _liveMessageId = 0x5745_0000;

    /// <summary>The cookies of west's newest IKE SA, as an SPI carries them: sixteen octets, the initiator's first.</summary>
    public byte[] LiveCookies => WestIkeSas[^1] is var sa ? [.. sa.InitiatorCookie.ToBytes(), .. sa.ResponderCookie.ToBytes()] : [];

    /// <summary>Sends an informational message that the newest IKE SA protects (RFC 2409 section 5.7), and waits until the wire has it.</summary>
    /// <param name="payloads">What follows the HASH.</param>
    /// <returns>The message ID.</returns>
    public uint SendProtected(params ImmutableArray<Payload> payloads)
    {
        var sa = WestIkeSas[^1];
        var suite = sa.Suite!;
        var messageId = ++_liveMessageId;
        var keyed = Bed.WestWitness.Saw<IkeSaKeyed>().Last(k => k.Sa.InitiatorCookie == sa.InitiatorCookie);
        var rest = Encode(payloads);
        var hash = KeySchedule.Hash1(suite.Hash, keyed.AuthenticationKey.Span, messageId, rest);
        var plain = Encode([new HashPayload(hash), .. payloads]);
        var block = suite.Encryption.BlockSize;
        Array.Resize(ref plain, (plain.Length + block - 1) / block * block);

        using var cipher = suite.Encryption.CreateCbc(keyed.EncryptionKey.Span);
        var body = new byte[plain.Length];
        cipher.Encrypt(KeySchedule.Phase2Iv(suite.Hash, LastPhase1Block(sa, block), messageId, block), plain, body);
        Inject(sa, PayloadType.Hash, ExchangeType.Informational, IsakmpFlags.Encryption, messageId, body);
        return messageId;
    }

    /// <summary>Sends an informational message in clear under the cookies of the newest IKE SA, as anyone on the path could.</summary>
    /// <param name="payloads">Its payloads.</param>
    public void SendInClear(params ImmutableArray<Payload> payloads) =>
        Inject(WestIkeSas[^1], payloads[0].Type, ExchangeType.Informational, IsakmpFlags.None, ++_liveMessageId, Encode(payloads));

    /// <summary>The initiator cookie of messages that belong to no IKE SA.</summary>
    public Cookie StrangeCookie => new(Run.Seed | 1);

    /// <summary>Sends an encrypted message under cookies that belong to no IKE SA, as anyone on the path could.</summary>
    public void SendUnderStrangeCookies()
    {
        var body = new byte[GarbageBlocks * 16];
        Inject(
            new IsakmpHeader(
                StrangeCookie, new Cookie(~Run.Seed), PayloadType.Hash, IsakmpHeader.Version10, ExchangeType.QuickMode, IsakmpFlags.Encryption, ++_liveMessageId, (uint)(IsakmpHeader.Size + body.Length)),
            body);
    }

    /// <summary>Sends blocks that mean nothing as the next message of an exchange that is under way, as anyone on the path could.</summary>
    /// <param name="last">A message of that exchange.</param>
    public void SendGarbage(ObservedIke last)
    {
        ArgumentNullException.ThrowIfNull(last);
        var size = GarbageBlocks * 16;
        byte[] body = [.. Enumerable.Range(0, size).Select(i => unchecked((byte)((i * 37) + (int)Run.Seed)))];
        var next = last.Header.MessageId == 0 ? PayloadType.Identification : PayloadType.Hash;
        var header = last.Header with { NextPayload = next, Flags = IsakmpFlags.Encryption, Length = (uint)(IsakmpHeader.Size + size) };
        Inject(header, body);
    }

    /// <summary>
    /// A side forgets its IKE SAs and all that hangs on them, as if it had lost power: what it says of it is lost on its way, and so is every
    /// informational exchange from then on.
    /// </summary>
    /// <param name="side">Who forgets.</param>
    public async Task ForgetAsync(Side side)
    {
        Add(new FlowFault(
            "FLOW-FORGET", new(ExchangeType.Informational, 1), FlowOperation.Drop, int.MaxValue, "RFC2407-4.6.3.3-01", ["nobody hears of it"]));
        await DeleteIkeSaAsync(side);
        if (side == Side.East)
        {
            await WaitForEastAsync(sas => sas.IkeSas.IsEmpty && sas.ChildSas.IsEmpty);
        }
    }

    /// <summary>Has west's next messages of a kind leave with something wrong in them.</summary>
    /// <param name="faults">What.</param>
    public void BendWest(params ImmutableArray<Fault> faults) => OnLoop(() => faults.ToList().ForEach(Bed.Faults.Add));

    /// <summary>A side deletes its IKE SA and what hangs on it.</summary>
    /// <param name="side">Who does.</param>
    public Task DeleteIkeSaAsync(Side side) => CommandAsync(side, east => east.DeleteIkeSaAsync(), () => new DeleteIkeSa(ConnectionName));

    /// <summary>A side replaces the newest pair of ESP SAs.</summary>
    /// <param name="side">Who does.</param>
    public Task RekeyChildAsync(Side side) =>
        CommandAsync(side, east => east.RekeyChildAsync(WestPairs[^1].Child), () => new RekeyChildSa(Bed.West.ChildSas[^1].InboundSpi));

    /// <summary>A side replaces its IKE SA.</summary>
    /// <param name="side">Who does.</param>
    public Task RekeyIkeSaAsync(Side side) => CommandAsync(side, east => east.RekeyIkeSaAsync(), () => new RekeyIkeSa(ConnectionName));

    /// <summary>Gives a side an order.</summary>
    /// <param name="side">Who is to carry it out.</param>
    /// <param name="east">The order for east.</param>
    /// <param name="west">The order for west; made on west's loop.</param>
    public Task CommandAsync(Side side, Func<IEastSide, Task> east, Func<IkeInput> west)
    {
        ArgumentNullException.ThrowIfNull(east);
        if (side == Side.East)
        {
            return east(Bed.East);
        }

        OnLoop(() => Bed.West.Command(west()));
        return Task.CompletedTask;
    }

    private static byte[] Encode(ImmutableArray<Payload> payloads)
    {
        var writer = new WireWriter();
        PayloadChain.Write(writer, payloads);
        return writer.ToArray();
    }

    /// <summary>The last block of main mode, of which the IVs of all later exchanges are made (RFC 2409 appendix B).</summary>
    private byte[] LastPhase1Block(IkeSaDescription sa, int block) => Messages
        .Last(m => m is { Header: { MessageId: 0, IsEncrypted: true }, Message: not null } && m.Header.InitiatorCookie == sa.InitiatorCookie)
        .Datagram[^block..].ToArray();

    private void Inject(IkeSaDescription sa, PayloadType first, ExchangeType exchange, IsakmpFlags flags, uint messageId, byte[] body) => Inject(
        new IsakmpHeader(
            sa.InitiatorCookie, sa.ResponderCookie, first, IsakmpHeader.Version10, exchange, flags, messageId, (uint)(IsakmpHeader.Size + body.Length)),
        body);

    private void Inject(IsakmpHeader header, byte[] body)
    {
        var writer = new WireWriter();
        header.Write(writer);
        writer.Bytes(body);
        var datagram = writer.ToArray();

        var packet = new byte[Ipv4Header.MinSize + UdpHeader.Size + datagram.Length];
        var (west, east) = (Bed.Addresses.West, Bed.Addresses.East);
        datagram.CopyTo(packet, Ipv4Header.MinSize + UdpHeader.Size);
        Ipv4Header.For(west, east, IpProtocol.Udp, UdpHeader.Size + datagram.Length).Write(packet);
        UdpHeader.Write(packet.AsSpan(Ipv4Header.MinSize), IkePort, IkePort, west, east);
        Inject(packet);
        WaitUntil(() => Bed.Wire.Frames.Any(frame => frame.Bytes.Span.EndsWith(datagram)));
    }
}
