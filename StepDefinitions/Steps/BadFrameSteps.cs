// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Diagnostics;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Wire.Ip;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>ESP frames that must not be delivered.</summary>
[Binding]
public sealed class BadFrameSteps(Scene scene, Claims claims)
{
    private const int SpiAt = Ipv4Header.MinSize;
    private const int SequenceAt = SpiAt + sizeof(uint);
    private const int IvAt = SpiAt + EspHeader.Size;

    private int _sentAt;
    private byte[] _heldBack = [];

    [When("the last ESP frame from west is sent once more")]
    public void WhenReplayed() => Send(LastFromWest());

    [When("an ESP frame with a new echo request is held back")]
    public void WhenHeldBack() => _heldBack = NewFrame();

    [When("the frame that was held back is sent once east has no ESP SA")]
    public async Task WhenSentAfterDelete()
    {
        await scene.WaitForEastAsync(sas => sas.ChildSas.IsEmpty);
        Send(_heldBack);
    }

    [When("the frame that was held back is sent")]
    public void WhenHeldBackIsSent() => Send(_heldBack);

    [Then("the request that was held back is answered, with the SPI of the new pair")]
    public void ThenHeldBackIsAnswered()
    {
        var request = scene.EspFrames.Last(f => f.Bytes.Span.EndsWith(_heldBack.AsSpan(SpiAt)));
        var spi = scene.WestPairs[^1].InboundSpi;
        scene.WaitUntil(() => Reply() is not null);
        claims.Hold(
            Reply() is { } reply && reply.Header.Spi == spi,
            $"an echo reply to request {request.Echo!.Value.SequenceNumber}, with SPI {spi:x8}",
            () => Reply() is { } other ? $"frame {other.Number} with SPI {other.Header.Spi:x8}" : "no echo reply");

        ObservedEsp? Reply() => scene.EspFrames.FirstOrDefault(f =>
            f is { From: "east", Echo: { IsReply: true } } && f.Echo.Value.SequenceNumber == request.Echo!.Value.SequenceNumber);
    }

    [When("an ESP frame with a new echo request is sent with one bit flipped in the (.*)")]
    public void WhenDamaged(string part) => Send(Damage(NewFrame(), part));

    [When("an ESP frame with a new echo request and a sequence number (\\d+) ahead is sent with one bit flipped in the (.*)")]
    public void WhenDamagedAhead(uint ahead, string part)
    {
        var packet = NewFrame();
        Ahead(packet, ahead);
        Send(Damage(packet, part));
    }

    [When("an ESP frame with a new echo request is sent with an SPI that nobody negotiated")]
    public void WhenUnknownSpi()
    {
        var packet = NewFrame();
        var used = scene.WestPairs.SelectMany(pair => new[] { pair.InboundSpi, pair.OutboundSpi }).ToHashSet();
        var spi = BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(SpiAt));
        do
        {
            spi ^= 0x0100_0000;
            spi++;
        }
        while (used.Contains(spi) || spi < 256);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(SpiAt), spi);
        Send(packet);
    }

    [Then("the bad frame was not answered, and the good one behind it was")]
    public void ThenNotDelivered()
    {
        var answers = scene.EspFrames.Where(f => f.Number > _sentAt && f is { From: "east", Echo: { IsReply: true } }).ToArray();
        var good = scene.EspFrames.Last(f => f is { From: "west", Echo: { IsReply: false }, Inspection.IsIcvValid: true }).Echo!.Value.SequenceNumber;
        claims.Hold(
            answers is [var only] && only.Echo!.Value.SequenceNumber == good,
            $"one echo reply, to the good request (echo {good})",
            () => answers.Length == 0 ? "no echo reply" : string.Join("; ", answers.Select(f => $"frame {f.Number}: reply to echo {f.Echo!.Value.SequenceNumber}")));
    }

    private byte[] LastFromWest()
    {
        var last = scene.EspFrames.Last(frame => frame.From == "west");
        return last.Bytes[EthernetHeader.Size..].ToArray();
    }

    /// <summary>A frame that west protects and that is bent before it reaches the wire, so that its number is used only once.</summary>
    private byte[] NewFrame() => scene.Protect(scene.NewRequest());

    private static void Ahead(byte[] packet, uint ahead)
    {
        var sequence = packet.AsSpan(SequenceAt, sizeof(uint));
        BinaryPrimitives.WriteUInt32BigEndian(sequence, BinaryPrimitives.ReadUInt32BigEndian(sequence) + ahead);
    }

    private byte[] Damage(byte[] packet, string part)
    {
        var ivSize = scene.WestChildSas[^1].Encryption!.IvSize;
        var at = part switch
        {
            "sequence number" => SequenceAt + sizeof(uint) - 1,
            "IV" => IvAt,
            "ciphertext" => IvAt + ivSize + 5,
            "integrity check value" => packet.Length - 1,
            _ => throw new ArgumentException($"\"{part}\" is not a part of an ESP frame: sequence number, IV, ciphertext, integrity check value", nameof(part)),
        };
        packet[at] ^= 0x10;
        return packet;
    }

    private void Send(byte[] packet)
    {
        Debug.Assert(packet.Length > IvAt, "an ESP packet has at least a header");
        _sentAt = scene.Bed.Wire.Frames.Count;
        scene.Inject(packet);
        scene.WaitUntil(() => scene.Bed.Wire.Frames.Skip(_sentAt).Any(f => f.Bytes.Span[EthernetHeader.Size..].EndsWith(packet.AsSpan(SpiAt))));
    }
}
