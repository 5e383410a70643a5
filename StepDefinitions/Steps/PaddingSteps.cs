// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Sa;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.Ip;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>Padding, its length, the next header, and traffic that is there to be discarded. The ICV of all these packets is right.</summary>
[Binding]
public sealed class PaddingSteps(Scene scene, Probes probes, Claims claims)
{
    private const int Trailer = 2;
    private const int Word = 4;
    private const byte NoNextHeader = 59;

    [When("west sends echo requests with every pad length from (\\d+) to (\\d+)")]
    public void WhenEachLength(int from, int to)
    {
        for (var length = from; length <= to; length++)
        {
            scene.Inject(scene.Craft(Fitting($"{length}", length), new CraftedPacket { PadLength = length }));
        }
    }

    [When("west sends an echo request whose padding of (\\d+) octets (.*)")]
    public void WhenPadding(int length, string how) => scene.Inject(scene.Craft(Fitting($"padding that {how}", length), new CraftedPacket
    {
        PadLength = length,
        Plaintext = plaintext => Bend(plaintext, plaintext.Length - Trailer - length, length, how),
    }));

    [When("west sends an echo request whose pad length says (\\d+)")]
    public void WhenPadLength(byte length) => scene.Inject(scene.Craft(probes.Request($"pad length {length}"), new CraftedPacket
    {
        Plaintext = plaintext =>
        {
            plaintext[^Trailer] = length;
            return plaintext;
        },
    }));

    [When("west sends an echo request with (\\d+) octets of TFC padding behind it")]
    public void WhenTfc(int octets) => scene.Inject(scene.Craft(probes.Request($"TFC padding of {octets}"), new CraftedPacket
    {
        TrafficFlowPadding = Enumerable.Range(0, octets).Select(i => (byte)(i * 7)).ToArray(),
    }));

    [When("west sends an echo request with next header (\\d+)")]
    public void WhenNextHeader(byte nextHeader) => scene.Inject(scene.Craft(probes.Request($"next header {nextHeader}"), new CraftedPacket { NextHeader = nextHeader }));

    [When("west sends (\\d+) dummy packets of (\\d+) octets")]
    public void WhenDummies(int count, int octets)
    {
        for (var i = 0; i < count; i++)
        {
            // In transport mode what follows the IP header is all there is: the header of the request serves, its content does not.
            var request = probes.Request($"dummy {i + 1}");
            var content = Enumerable.Range(0, octets).Select(at => (byte)((at * 31) + i)).ToArray();
            byte[] dummy = scene.WestOutbound.Mode == SaMode.Tunnel ? content : [.. request[..Ipv4Header.MinSize], .. content];
            scene.Inject(scene.Craft(dummy, new CraftedPacket { NextHeader = NoNextHeader }));
        }
    }

    [Then("east sends nothing but the answer to the honest echo request")]
    public void ThenSilent()
    {
        var fromEast = scene.Frames.Where(frame => frame.Number > scene.TrafficStartsAt && frame.From == "east" && frame is not ObservedIke).ToArray();
        claims.Hold(
            fromEast.Length == 1 && probes.Answered() is ["honest"],
            "one packet from east, the honest answer",
            () => string.Join("; ", fromEast.Select(EspOracle.Text).DefaultIfEmpty("nothing")));
    }

    [Then("each answer has as many octets of its own as its request had")]
    public void ThenSameLength() => claims.Hold(EchoAnswerOracle.SameSize(probes.Answers, probes.LengthOf));

    /// <summary>A request of such a length that padding of the given length is aligned.</summary>
    private byte[] Fitting(string name, int padLength)
    {
        var alignment = Math.Max(Word, scene.WestOutbound is EspSaParameters esp ? esp.EncryptionAlgorithm.PaddingUnit : Word);
        var bare = (scene.WestOutbound.Mode == SaMode.Tunnel ? 0 : -Ipv4Header.MinSize) + Scene.NewRequestLength + padLength + Trailer;
        return probes.Request(name, (alignment - (bare % alignment)) % alignment);
    }

    private static byte[] Bend(byte[] plaintext, int start, int length, string how)
    {
        for (var i = 0; i < length; i++)
        {
            plaintext[start + i] = how switch
            {
                "is zero" => 0,
                "counts from 0" => (byte)i,
                "counts down" => (byte)(length - i),
                "is wrong in its last octet" => (byte)(i == length - 1 ? 0 : i + 1),
                _ => throw new ArgumentException($"\"{how}\" is not one of is zero, counts from 0, counts down, is wrong in its last octet", nameof(how)),
            };
        }

        return plaintext;
    }
}
