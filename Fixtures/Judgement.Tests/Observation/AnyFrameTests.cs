// SPDX-License-Identifier: Apache-2.0

using CsCheck;
using FluentAssertions;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Observation;

/// <summary>Whatever a peer sends, the witness, the trace and every oracle have an answer: what they throw would hide the finding.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AnyFrameTests
{
    private const int ProtectedAt = EthernetHeader.Size + Ipv4Header.MinSize;

    private static readonly (IReadOnlyList<RawFrame> Frames, WireKeys Keys) Recorded = Record();
    private static readonly (IReadOnlyList<RawFrame> Frames, WireKeys Keys) RecordedAh = RecordAh();

    [Test]
    public void RandomFrames() => Gen.Byte.Array[0, 200].Array[1, 8].Sample(frames => JudgedWithoutException(
        [.. frames.Select(bytes => new RawFrame(DateTimeOffset.UnixEpoch, bytes, null))]), iter: 300);

    [Test]
    public void RandomDatagrams() => Gen.Select(Gen.Bool, Gen.Byte.Array[0, 200]).Array[1, 8].Sample(datagrams => JudgedWithoutException(
        [.. datagrams.Select(datagram => Conversation.Ike(datagram.Item1, datagram.Item2))]), iter: 300);

    [Test]
    public void RandomPayloadsBehindRightHeaders() => Gen.Select(Gen.Int[0, 8], Gen.Byte.Array[0, 120]).Sample((at, body) =>
    {
        var frames = Recorded.Frames.ToList();
        var header = Datagram(frames[at]).Span[..28].ToArray();
        byte[] datagram = [.. header, .. body];
        datagram[27] = (byte)datagram.Length;
        datagram[26] = 0;
        frames[at] = Conversation.Ike(at % 2 == 0, datagram);
        return JudgedWithoutException(frames);
    }, iter: 300);

    [Test]
    public void TruncatedFrames([Range(0, 11)] int at)
    {
        var frames = Recorded.Frames.ToList();
        var whole = frames[at];
        for (var size = 0; size < whole.Bytes.Length; size++)
        {
            frames[at] = whole with { Bytes = whole.Bytes[..size] };
            JudgedWithoutException(frames).Should().BeTrue();
        }
    }

    [Test]
    public void TruncatedDatagrams([Range(0, 8)] int at)
    {
        var frames = Recorded.Frames.ToList();
        var whole = Datagram(frames[at]);
        for (var size = 0; size < whole.Length; size++)
        {
            frames[at] = Conversation.Ike(at % 2 == 0, whole.Span[..size]);
            JudgedWithoutException(frames).Should().BeTrue();
        }
    }

    [Test]
    public void FlippedBits() => Gen.Select(Gen.Int[0, Recorded.Frames.Count - 1], Gen.Int[0, 1 << 16]).Array[1, 4].Sample(flips =>
    {
        var frames = Recorded.Frames.ToList();
        foreach (var (at, bit) in flips)
        {
            var bytes = frames[at].Bytes.ToArray();
            bytes[ProtectedAt + (bit / 8 % (bytes.Length - ProtectedAt))] ^= (byte)(1 << (bit % 8));
            frames[at] = frames[at] with { Bytes = bytes };
        }

        return JudgedWithoutException(frames);
    }, iter: 1500);

    [Test]
    public void FlippedBitsAndTruncationsOfAh()
    {
        var whole = RecordedAh.Frames[^1];
        for (var bit = 0; bit < (whole.Bytes.Length - EthernetHeader.Size) * 8; bit++)
        {
            var bytes = whole.Bytes.ToArray();
            bytes[EthernetHeader.Size + (bit / 8)] ^= (byte)(1 << (bit % 8));
            JudgedWithoutException([.. RecordedAh.Frames.SkipLast(1), whole with { Bytes = bytes }], RecordedAh.Keys).Should().BeTrue();
        }

        for (var size = 0; size < whole.Bytes.Length; size++)
        {
            JudgedWithoutException([.. RecordedAh.Frames.SkipLast(1), whole with { Bytes = whole.Bytes[..size] }], RecordedAh.Keys).Should().BeTrue();
        }
    }

    [Test]
    public void EveryBitOfTheAnswerThatChoosesTheTransform()
    {
        var frames = Recorded.Frames.ToList();
        var answer = frames[1];
        for (var bit = 0; bit < (answer.Bytes.Length - ProtectedAt) * 8; bit++)
        {
            var bytes = answer.Bytes.ToArray();
            bytes[ProtectedAt + (bit / 8)] ^= (byte)(1 << (bit % 8));
            frames[1] = answer with { Bytes = bytes };
            JudgedWithoutException(frames).Should().BeTrue();
        }
    }

    [Test]
    public void FramesInAnyOrder() => Gen.Shuffle(Recorded.Frames.ToArray()).Sample(frames => JudgedWithoutException(frames), iter: 200);

    private static ReadOnlyMemory<byte> Datagram(RawFrame frame) => frame.Bytes[(ProtectedAt + UdpHeader.Size)..];

    /// <summary>Observes, writes the trace, asks every oracle. Returns whether every frame was accounted for.</summary>
    private static bool JudgedWithoutException(IReadOnlyList<RawFrame> raw) => JudgedWithoutException(raw, Recorded.Keys);

    private static bool JudgedWithoutException(IReadOnlyList<RawFrame> raw, WireKeys keys)
    {
        var frames = Conversation.Observe(raw, keys);
        ObservedIke[] ike = [.. frames.OfType<ObservedIke>()];
        ObservedEsp[] esp = [.. frames.OfType<ObservedEsp>()];
        var traced = frames.Select(frame => LadderText.ToTrace(frame, DateTimeOffset.UnixEpoch)).ToArray();
        _ = new Trace("ANY-001", "self", [.. traced]).ToJson();
        _ = SequenceMermaid.Render(new Trace("ANY-001", "self", [.. traced]).ToLadder());
        _ = HeaderOracle.Fields(ike);
        _ = HeaderOracle.OwnCookie(ike, isInitiator: true);
        _ = HeaderOracle.Reserved(ike);
        _ = HeaderOracle.EncryptionPadding(ike);
        _ = MessageOracle.InOrder([new("west", "Identity Protection", false, "SA, VID*")], ike);
        _ = MessageOracle.AllReadable(ike);
        _ = MessageOracle.RepeatedUnchanged(ike, 6);
        _ = SaPayloadOracle.Phase1Shape(ike);
        _ = SaPayloadOracle.BasicAttributes(ike);
        _ = SaPayloadOracle.GroupInEveryTransform(ike, 19);
        _ = ike.Length > 1 ? SaPayloadOracle.ChosenUnchanged(ike[0], ike[1]) : null;
        _ = EspOracle.OnlyEspBetweenGateways(frames);
        _ = EspOracle.SequenceNumbers(esp, [1]);
        _ = EspOracle.Padding(esp);
        _ = EspOracle.DistinctIvs(esp);
        _ = EspOracle.CarryEchoBetween(esp, (Conversation.WestHost, Conversation.EastHost));
        _ = EspOracle.CarryEchoInTransportMode(esp, (Conversation.West, Conversation.East));
        _ = EspOracle.InClear(esp);
        ObservedAh[] ah = [.. frames.OfType<ObservedAh>()];
        _ = AhOracle.OnlyAhBetweenGateways(frames);
        _ = AhOracle.Header(ah);
        _ = AhOracle.SequenceNumbers(ah, [1]);
        _ = AhOracle.CarryEchoBetween(ah, Sa.SaMode.Tunnel, (Conversation.WestHost, Conversation.EastHost));
        _ = ChainOracle.Whole(ike);
        _ = ChainOracle.NothingOfTheSaBehindIt(ike);
        _ = ClientIdentityOracle.Layout(ike);
        _ = ClientIdentityOracle.Name(ike, Sa.TrafficSelector.Any, Sa.TrafficSelector.Any);
        _ = ClientIdentityOracle.NoneOr(ike, Sa.TrafficSelector.Any, Sa.TrafficSelector.Any);
        _ = ike.Length > 0 ? QuickModeSaOracle.NoLifeBut(ike[0], 28800, out _) : null;
        _ = KeyLengthOracle.OfPhase1(ike);
        _ = KeyLengthOracle.OfPhase2(ike);
        _ = PortOracle.StaysOn(ike, 500);
        _ = ike.Length > 1 ? ProposalNumberOracle.Retained(ike[0], ike[1]) : null;
        _ = QuickModeSaOracle.BasicAttributes(ike);
        _ = QuickModeSaOracle.LifeFollowsType(ike);
        _ = QuickModeSaOracle.Authentication(ike);
        _ = ike.Length > 0 ? QuickModeSaOracle.SuitesInOrder(ike[0], []) : null;
        _ = VendorOracle.OnlyInPhase1(ike);
        _ = VendorOracle.NoPrivatePayload(frames);
        _ = ClearTextOracle.NeverInClear(frames, [("x", [1, 2, 3, 4])]);
        foreach (var frame in esp)
        {
            _ = LayoutOracle.Check([new("Ethernet header", "14"), new("outer IP header", "20"), new("ESP header", "8"), new("IV", "8"),
                new("encrypted", "as sent"), new("encrypted ESP trailer", "to 4"), new("integrity check value", "16")],
                frame, (Conversation.West, Conversation.East));
        }

        return frames.Count == raw.Count && frames.Zip(raw).All(pair => pair.First.Bytes.Equals(pair.Second.Bytes));
    }

    private static (IReadOnlyList<RawFrame>, WireKeys) Record()
    {
        using var conversation = new Conversation("AES-CBC-128", "HMAC-SHA2-256-128");
        conversation.QuickModes("net");
        conversation.Ping(2);
        Assert.That(conversation.Frames, Has.Count.EqualTo(13));
        return (conversation.Frames, conversation.Keys);
    }

    private static (IReadOnlyList<RawFrame>, WireKeys) RecordAh()
    {
        using var conversation = new Conversation(Ike.V1.Phase2Suite.Ah(Crypto.IntegrityAlgorithm.Named("HMAC-SHA1-96")));
        conversation.QuickModes("net");
        conversation.Ping(1);
        return ([.. conversation.Frames.TakeLast(2)], conversation.Keys);
    }
}
