// SPDX-License-Identifier: Apache-2.0

using System.Net;
using CsCheck;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Fragmentation;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using Cookie = Ipsec.Wire.Isakmp.Cookie;

namespace Ipsec.Ike.Tests;

/// <summary>Pieces of messages, in every order, and the bounds of what is kept of them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FragmentReassemblerTests
{
    private static readonly DateTimeOffset Now = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly IPEndPoint Peer = PolicyPair.WestEnd;

    [Test]
    public void AnyMessageInAnyOrderIsPutTogetherAgain() => Check.Sample(
        Gen.Select(Gen.Byte.Array[1, 5000], Gen.Int[FragmentPolicySmallest, 1500], Gen.Int),
        made =>
        {
            var message = Message(made.Item1);
            var datagrams = FragmentSplitter.Split(message, ExchangeType.IdentityProtection, made.Item2);
            datagrams.Should().OnlyContain(d => d.Length <= made.Item2 || datagrams.Count == 1);
            if (datagrams.Count == 1)
            {
                datagrams[0].ToArray().Should().Equal(message);
                return;
            }

            var shuffled = datagrams.OrderBy(d => HashCode.Combine(made.Item3, d.Span[IsakmpHeader.Size + 6])).ToArray();
            var reassembler = new FragmentReassembler(new() { Fragments = 255 }, 2);
            for (var i = 0; i < shuffled.Length; i++)
            {
                var (key, fragment) = Read(shuffled[i]);
                reassembler.Add(key, fragment, Now, out var whole).Should().BeNull();
                whole.ToArray().Should().Equal(i + 1 < shuffled.Length ? [] : message);
            }

            reassembler.Incomplete.Should().Be(0);
        },
        iter: 500);

    /// <summary>Layout: cookies of the message, phase 1's exchange type, message ID 0, not encrypted, one payload of type 132.</summary>
    [Test]
    public void FragmentsLookLikeThoseOfOthers()
    {
        var datagrams = FragmentSplitter.Split(Message(new byte[200]), ExchangeType.IdentityProtection, 128);
        var headers = datagrams.Select(d => MainModeTests.Header(d.ToArray())).ToArray();
        headers.Should().OnlyContain(h => h.NextPayload == PayloadType.Fragment && !h.IsEncrypted && h.MessageId == 0
            && h.ExchangeType == ExchangeType.IdentityProtection && h.InitiatorCookie.Value == 1 && h.ResponderCookie.Value == 2);
        var fragments = datagrams.Select(d => Read(d).Fragment).ToArray();
        fragments.Select(f => f.Number).Should().Equal(1, 2, 3);
        fragments.Select(f => f.Flags).Should().Equal(0, 0, 1);
        fragments.Select(f => f.Data.Length).Should().Equal(92, 92, 44);
        fragments.Select(f => f.FragmentId).Distinct().Should().ContainSingle().Which.Should().NotBe(0);
    }

    [Test]
    public void ARepetitionHasTheSameIdAndAnotherMessageAnother()
    {
        var one = Read(FragmentSplitter.Split(Message(new byte[200]), ExchangeType.IdentityProtection, 128)[0]).Fragment.FragmentId;
        Read(FragmentSplitter.Split(Message(new byte[200]), ExchangeType.IdentityProtection, 128)[1]).Fragment.FragmentId.Should().Be(one);
        Read(FragmentSplitter.Split(Message(new byte[201]), ExchangeType.IdentityProtection, 128)[1]).Fragment.FragmentId.Should().NotBe(one);
    }

    [Test]
    public void WhatWouldNeedMoreThan255FragmentsIsNotCut() =>
        FragmentSplitter.Split(Message(new byte[30_000]), ExchangeType.IdentityProtection, 100).Should().ContainSingle();

    [Test]
    public void DuplicatesAreDiscardedAndMissingOnesWaitedFor()
    {
        var reassembler = Fresh();
        Add(reassembler, 1, "ab").Should().BeNull();
        Add(reassembler, 1, "ab").Should().NotBeNull();
        Add(reassembler, 3, "ef", last: true).Should().BeNull();
        Add(reassembler, 3, "ef", last: true).Should().NotBeNull();
        Whole(reassembler, 2, "cd").Should().Be("abcdef");
    }

    /// <summary>Two contents for one place: the later one begins anew, so that a retransmission gets through.</summary>
    [Test]
    public void ContradictionsBeginAnew()
    {
        var reassembler = Fresh();
        Add(reassembler, 1, "XX").Should().BeNull("forged");
        Add(reassembler, 1, "ab").Should().BeNull();
        Whole(reassembler, 2, "cd", last: true).Should().Be("abcd");
    }

    [TestCase(3, false)]
    [TestCase(3, true)]
    [TestCase(1, true)]
    public void TheLastNumberMustNotContradict(int number, bool last)
    {
        var reassembler = Fresh();
        Add(reassembler, 2, "cd", last: true).Should().BeNull();
        Add(reassembler, number, "zz", last).Should().BeNull();
        reassembler.Incomplete.Should().BeLessThanOrEqualTo(1);
        Add(reassembler, 1, "ab").Should().BeNull();
        Whole(reassembler, 2, "cd", last: true).Should().BeOneOf("abcd", null);
    }

    [Test]
    public void ALastFragmentBelowOthersContradicts()
    {
        var reassembler = Fresh();
        Add(reassembler, 3, "ef");
        Add(reassembler, 1, "ab");
        Whole(reassembler, 2, "cd", last: true).Should().BeNull("there is a third already: those before are given up");
        Whole(reassembler, 1, "ab").Should().Be("abcd");
    }

    [TestCase(0, "a")]
    [TestCase(65, "a")]
    [TestCase(1, "")]
    public void NumbersAndContentsAreBounded(int number, string data) => Add(Fresh(), number, data).Should().NotBeNull();

    [Test]
    public void BytesAreBounded()
    {
        var reassembler = new FragmentReassembler(new() { FragmentedBytes = 10 }, 2);
        Add(reassembler, 1, "12345678").Should().BeNull();
        Add(reassembler, 2, "12345678").Should().NotBeNull();
        Whole(reassembler, 2, "12", last: true).Should().Be("1234567812");
    }

    [Test]
    public void MessagesAreBoundedAndTheOldestGoesFirst()
    {
        var reassembler = Fresh();
        Add(reassembler, 1, "a", id: 1);
        Add(reassembler, 1, "b", id: 2);
        Add(reassembler, 1, "c", id: 3);
        reassembler.Incomplete.Should().Be(2);
        Whole(reassembler, 2, "z", last: true, id: 2).Should().Be("bz");
        Whole(reassembler, 2, "z", last: true, id: 1).Should().BeNull();
    }

    [Test]
    public void TimeIsBounded()
    {
        var reassembler = Fresh();
        Add(reassembler, 1, "ab");
        reassembler.Add(Key(1), new(1, 2, 1, "cd"u8.ToArray()), Now + IkeV1Limits.Default.FragmentPatience, out var whole).Should().BeNull();
        whole.IsEmpty.Should().BeTrue();
    }

    [Test]
    public void NothingThrows() => Check.Sample(
        Gen.Select(Gen.Byte[0, 6], Gen.Byte[0, 3], Gen.Byte.Array[0, 3], Gen.UShort[0, 2]).Array[0, 60],
        fragments =>
        {
            var reassembler = new FragmentReassembler(new() { FragmentedBytes = 12 }, 2);
            foreach (var (number, flags, data, id) in fragments)
            {
                reassembler.Add(Key(id), new(id, number, flags, data), Now, out var whole);
                whole.Length.Should().BeLessThanOrEqualTo(12);
                reassembler.Incomplete.Should().BeLessThanOrEqualTo(2);
            }
        },
        iter: 2000);

    private const int FragmentPolicySmallest = V1.Policy.FragmentationPolicy.SmallestDatagram;

    private static FragmentReassembler Fresh() => new(IkeV1Limits.Default, 2);

    private static FragmentKey Key(ushort id) => new(Peer, new Cookie(1), new Cookie(2), 0, id);

    private static Rejection? Add(FragmentReassembler reassembler, int number, string data, bool last = false, ushort id = 1) =>
        reassembler.Add(Key(id), new(id, (byte)number, last ? (byte)1 : (byte)0, System.Text.Encoding.ASCII.GetBytes(data)), Now, out _);

    private static string? Whole(FragmentReassembler reassembler, int number, string data, bool last = false, ushort id = 1)
    {
        reassembler.Add(Key(id), new(id, (byte)number, last ? (byte)1 : (byte)0, System.Text.Encoding.ASCII.GetBytes(data)), Now, out var whole);
        return whole.IsEmpty ? null : System.Text.Encoding.ASCII.GetString(whole.Span);
    }

    private static byte[] Message(byte[] body)
    {
        var header = new IsakmpHeader(new Cookie(1), new Cookie(2), PayloadType.Hash, 0x10, ExchangeType.QuickMode, IsakmpFlags.Encryption, 5, (uint)(IsakmpHeader.Size + body.Length));
        var writer = new Wire.WireWriter();
        header.Write(writer);
        writer.Bytes(body);
        return writer.ToArray();
    }

    private static (FragmentKey Key, FragmentPayload Fragment) Read(ReadOnlyMemory<byte> datagram)
    {
        IsakmpMessage.TryReadClear(datagram, out var message, out _).Should().BeTrue();
        var fragment = (FragmentPayload)message!.Payloads.Should().ContainSingle().Subject;
        return (FragmentKey.Of(Peer, message.Header, fragment), fragment);
    }
}
