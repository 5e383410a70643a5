// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.Transactions;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Ike.Tests;

/// <summary>draft-beaulieu-ike-xauth-02: west is the IPsec host, east the edge device.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class XauthTests
{
    internal const int MainModeMessages = 6;

    [Test]
    public void TheUserIsAskedAfterPhase1AndBeforeQuickMode()
    {
        var ladder = new Ladder(new PolicyPair().WithXauth());
        ladder.Connect(ladder.West);

        Accepted(ladder);
        ladder.Wire.Select(w => MainModeTests.Header(w.Bytes).ExchangeType).Should().Equal(
            [.. Enumerable.Repeat(ExchangeType.IdentityProtection, 6), .. Enumerable.Repeat(ExchangeType.Transaction, 4), .. Enumerable.Repeat(ExchangeType.QuickMode, 3)]);
        Talk(ladder).Should().Equal(
            "east Request 16521,16522", "west Reply 16521,16522", "east Set 16527", "west Acknowledge ");
        Attributes(ladder.East).Last().Attributes.Single().Should().Be(DataAttribute.Basic(16527, 1));
    }

    /// <summary>Draft section 6: one identifier in all messages, a message ID of its own for each exchange (mode config draft section 3.1.1).</summary>
    [Test]
    public void OneIdentifierTwoMessageIds()
    {
        var ladder = new Ladder(new PolicyPair().WithXauth());
        ladder.Connect(ladder.West);
        Attributes(ladder.East).Concat(Attributes(ladder.West)).Select(a => a.Identifier).Distinct().Should().ContainSingle();
        var headers = ladder.Wire.Select(w => MainModeTests.Header(w.Bytes)).Where(h => h.ExchangeType == ExchangeType.Transaction).ToArray();
        headers.Should().OnlyContain(h => h.IsEncrypted && h.MessageId != 0);
        headers.Select(h => h.MessageId).Should().Equal(headers[0].MessageId, headers[0].MessageId, headers[2].MessageId, headers[2].MessageId);
        headers[0].MessageId.Should().NotBe(headers[2].MessageId);
    }

    [Test]
    public void TheInitiatorMayBeTheEdgeDevice()
    {
        var pair = new PolicyPair().WithXauth(method: AuthenticationMethod.XauthRespPreShared);
        var swapped = pair with { West = pair.West with { Xauth = pair.East.Xauth }, East = pair.East with { Xauth = pair.West.Xauth } };
        var ladder = new Ladder(swapped);
        ladder.Connect(ladder.West);
        Talk(ladder)[0].Should().StartWith("west Request");
        NatTraversalTests.Complete(ladder);
        ladder.West.Saw<XauthFinished>().Should().ContainSingle().Which.IsServer.Should().BeTrue();
    }

    [TestCase(AuthenticationMethod.PreSharedKey, 0, 0)]
    [TestCase(AuthenticationMethod.XauthInitRsa, 2, 1)]
    [TestCase(AuthenticationMethod.XauthRespRsa, 1, 2)]
    [TestCase(AuthenticationMethod.HybridInitRsa, 2, 1)]
    [TestCase(AuthenticationMethod.HybridRespRsa, 1, 2)]
    [TestCase(AuthenticationMethod.XauthRespRsaRevisedEncryption, 1, 2)]
    public void TheMethodSaysWhoIsAsked(AuthenticationMethod method, int initiator, int responder) =>
        ((int)XauthRoles.Of(method, true), (int)XauthRoles.Of(method, false)).Should().Be((initiator, responder));

    /// <summary>Draft section 6: a failure deletes the phase 1 SA.</summary>
    [Test]
    public void AWrongPasswordEndsWithFailAndDelete([Values(1, 3)] int attempts)
    {
        var ladder = new Ladder(new PolicyPair().WithXauth(
            new() { Users = [PolicyPairs.Joe], Attempts = attempts },
            new() { Credentials = PolicyPairs.Joe with { Password = "wrong"u8.ToArray() } }));
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromMinutes(2));

        var asked = Attributes(ladder.East);
        asked.Count(a => a.MessageType == 1).Should().Be(attempts);
        asked.Select(a => a.Identifier).Distinct().Should().ContainSingle("a retry belongs to the same transaction");
        asked.Last().Attributes.First().Should().Be(DataAttribute.Basic(16527, 0));
        asked.Count(a => a.MessageType == 3).Should().Be(1, "no SET before the end");
        ladder.East.Sent(ExchangeType.Informational).SelectMany(t => t.Message.All<DeletePayload>()).Should().Contain(d => d.ProtocolId == ProtocolId.Isakmp);
        Refused(ladder);
        ladder.East.Saw<XauthFinished>().Should().ContainSingle().Which.User.Should().Be("joe");
    }

    [TestCase("nobody", "foobar")]
    [TestCase("joe", "fooba")]
    [TestCase("joe", "")]
    [TestCase("JOE", "foobar")]
    [TestCase("", "foobar")]
    public void OnlyTheRightNameAndPasswordWillDo(string name, string password)
    {
        var ladder = new Ladder(new PolicyPair().WithXauth(client: new() { Credentials = new(name, Encoding.ASCII.GetBytes(password)) }));
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromMinutes(2));
        Refused(ladder);
    }

    [Test]
    public void AUserWithoutAPasswordCannotBeGuessed()
    {
        var ladder = new Ladder(new PolicyPair().WithXauth(new() { Users = [new("joe", ReadOnlyMemory<byte>.Empty)] }));
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromMinutes(2));
        Refused(ladder);
    }

    [Test]
    public void RadiusChapHidesThePassword()
    {
        var ladder = new Ladder(new PolicyPair().WithXauth(new() { Users = [PolicyPairs.Joe], Type = XauthAuthenticationType.RadiusChap }));
        ladder.Connect(ladder.West);
        Accepted(ladder);
        Talk(ladder).Take(2).Should().Equal("east Request 16520,16525,16521,16522", "west Reply 16520,16521,16522");
        var password = Attributes(ladder.West)[0].Attributes.Single(a => a.Type == 16522).Value;
        password.Length.Should().Be(17);
    }

    /// <summary>RFC 1994 section 4.1 with the layout of the draft's appendix A-8; the digest was computed with another implementation.</summary>
    [Test]
    public void TheChapPasswordIsIdentifierAndHash() => Convert.ToHexStringLower(XauthAttributes.ChapPassword(
        1, "foobar"u8, Convert.FromHexString("000102030405060708090a0b0c0d0e0f"))).Should().Be("01229e7ae4f36f34bbcf642bcc475950fe");

    [Test]
    public void ChapWithTheWrongSecretFails()
    {
        var ladder = new Ladder(new PolicyPair().WithXauth(
            new() { Users = [PolicyPairs.Joe], Type = XauthAuthenticationType.RadiusChap },
            new() { Credentials = PolicyPairs.Joe with { Password = "other"u8.ToArray() } }));
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromMinutes(2));
        Refused(ladder);
    }

    [Test]
    public void APasscodeIsAskedForInPlaceOfAPassword()
    {
        var joe = PolicyPairs.Joe with { Passcode = "3412"u8.ToArray() };
        var ladder = new Ladder(new PolicyPair().WithXauth(new() { Users = [joe], AskPasscode = true }, new() { Credentials = joe }));
        ladder.Connect(ladder.West);
        Accepted(ladder);
        Talk(ladder)[1].Should().Be("west Reply 16521,16523");
    }

    /// <summary>Draft section 6.2: the type of the REPLY is that of the REQUEST, also in being absent.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void TheTypeIsRepeated(bool announced)
    {
        var ladder = new Ladder(new PolicyPair().WithXauth(new() { Users = [PolicyPairs.Joe], AnnounceGenericType = announced }));
        ladder.Connect(ladder.West);
        Accepted(ladder);
        Attributes(ladder.West)[0].Attributes.Any(a => a.Type == 16520).Should().Be(announced);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void AReplyWithAnotherTypeFails(bool announced)
    {
        var bend = new AttributesBend(ConfigurationMessageType.Reply, a => a with
        {
            Attributes = announced ? a.Attributes.RemoveAll(x => x.Type == 16520) : a.Attributes.Insert(0, DataAttribute.Basic(16520, 0)),
        });
        var ladder = new Ladder(new PolicyPair().WithXauth(new() { Users = [PolicyPairs.Joe], AnnounceGenericType = announced }), seams: bend);
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromMinutes(2));
        Refused(ladder);
    }

    [Test]
    public void AReplyMayOnlyFail()
    {
        var bend = new AttributesBend(ConfigurationMessageType.Reply, a => a with { Attributes = a.Attributes.Add(DataAttribute.Basic(16527, 1)) });
        var ladder = new Ladder(new PolicyPair().WithXauth(), seams: bend);
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromMinutes(2));
        Refused(ladder);
    }

    /// <summary>What a host cannot answer it answers with FAIL (draft sections 5 and 6.1), and what breaks a rule too.</summary>
    [TestCaseSource(nameof(Unanswerable))]
    public void WhatCannotBeAnsweredFails(string name, DataAttribute[] asked)
    {
        var bend = new AttributesBend(ConfigurationMessageType.Request, a => a with { Attributes = [.. asked] });
        var ladder = new Ladder(new PolicyPair().WithXauth(), seams: bend);
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromMinutes(2));
        var reply = Attributes(ladder.West)[0];
        reply.Attributes.Last().Should().Be(DataAttribute.Basic(16527, 0), name);
        reply.Attributes.Where(a => a.Type == 16520).Should().Equal(asked.Where(a => a.Type == 16520));
        reply.Attributes.Should().NotContain(a => a.Type == 16522);
        Refused(ladder);
    }

    [Test]
    public void AHostWithoutCredentialsFails()
    {
        var ladder = new Ladder(new PolicyPair().WithXauth(client: new()));
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromMinutes(2));
        Talk(ladder)[1].Should().Be("west Reply 16527");
        Refused(ladder);
    }

    /// <summary>Draft section 6: quick mode before the end of extended authentication is refused.</summary>
    [Test]
    public void QuickModeHasToWait()
    {
        var ladder = new Ladder(new PolicyPair().WithXauth()) { Copies = n => n == MainModeMessages + 2 ? 0 : 1 };
        ladder.Connect(ladder.West);
        var quick = ladder.Wire[^1].Bytes.ToArray();
        quick[18] = (byte)ExchangeType.QuickMode;
        quick[20] ^= 1;
        ladder.Inject(ladder.East, quick).Should().BeEmpty();
        ladder.Inject(ladder.West, quick).Should().BeEmpty();
        ladder.East.Saw<DatagramDiscarded>().Should().ContainSingle().Which.Clause.Should().Be("draft-beaulieu-ike-xauth-02 section 6");
        ladder.West.Saw<DatagramDiscarded>().Should().ContainSingle().Which.Clause.Should().Be("draft-beaulieu-ike-xauth-02 section 6");
        ladder.Run(TimeSpan.FromSeconds(20));
        Accepted(ladder);
    }

    [Test]
    public void AServerIsNotPersuadedByAResultFromThePeer()
    {
        var ladder = new Ladder(new PolicyPair().WithXauth(), seams: new AttributesBend((m, payloads) => m is { ByInitiator: false } && payloads is [AttributesPayload { MessageType: 2 } reply]
            ? [reply with { MessageType = 3, Attributes = [DataAttribute.Basic(16527, 1)] }]
            : payloads));
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromMinutes(2));
        ladder.East.Saw<XauthFinished>().Should().ContainSingle().Which.IsAccepted.Should().BeFalse();
        ladder.East.Endpoint.ChildSas.Should().BeEmpty();
    }

    [Test]
    public void AResultWithoutARequestIsAccepted()
    {
        // "User previously authenticated" (draft section 5.5).
        var first = true;
        var ladder = new Ladder(new PolicyPair().WithXauth(), seams: new AttributesBend(ConfigurationMessageType.Request, a =>
        {
            var set = first ? a with { MessageType = 3, Attributes = [DataAttribute.Basic(16527, 1)] } : a;
            first = false;
            return set;
        }));
        ladder.Connect(ladder.West);
        ladder.West.Saw<XauthFinished>().Should().ContainSingle().Which.IsAccepted.Should().BeTrue();
    }

    [TestCase("another identifier")]
    [TestCase("no status")]
    [TestCase("status of variable length")]
    [TestCase("status 2")]
    [TestCase("another attribute")]
    public void AResultThatIsNoneIsNotAcknowledged(string kind)
    {
        var bend = new AttributesBend(ConfigurationMessageType.Set, a => kind switch
        {
            "another identifier" => a with { Identifier = (ushort)(a.Identifier + 1) },
            "no status" => a with { Attributes = [DataAttribute.Variable(16524, "hello"u8.ToArray())] },
            "status of variable length" => a with { Attributes = [DataAttribute.Variable(16527, new byte[] { 0, 1 })] },
            "status 2" => a with { Attributes = [DataAttribute.Basic(16527, 2)] },
            _ => a with { Attributes = a.Attributes.Add(DataAttribute.Basic(16520, 0)) },
        });
        var ladder = new Ladder(new PolicyPair().WithXauth(), seams: bend);
        ladder.Connect(ladder.West);
        Talk(ladder).Should().NotContain(t => t.StartsWith("west Acknowledge", StringComparison.Ordinal));
        ladder.Run(TimeSpan.FromMinutes(3));
        Refused(ladder);
    }

    [Test]
    public void TheUserMayBeAskedAgainLater()
    {
        var ladder = new Ladder(new PolicyPair().WithXauth());
        ladder.Connect(ladder.West);
        ladder.Do(ladder.East, new AuthenticateUser("tunnel"));
        ladder.East.Saw<XauthFinished>().Should().HaveCount(2).And.OnlyContain(x => x.IsAccepted);
        NatTraversalTests.Complete(ladder);
        Attributes(ladder.East).Select(a => a.Identifier).Distinct().Should().HaveCount(2, "two transactions");
    }

    /// <summary>Draft section 6: all SAs of both phases of the user are torn down.</summary>
    [Test]
    public void FailureLaterTearsDownBothPhases()
    {
        var round = 0;
        var bend = new AttributesBend(ConfigurationMessageType.Reply, a => ++round > 1
            ? a with { Attributes = [DataAttribute.Variable(16521, "joe"u8.ToArray()), DataAttribute.Variable(16522, "no"u8.ToArray())] }
            : a);
        var ladder = new Ladder(new PolicyPair().WithXauth(new() { Users = [PolicyPairs.Joe], Attempts = 1 }), seams: bend);
        ladder.Connect(ladder.West);
        ladder.Do(ladder.East, new AuthenticateUser("tunnel"));
        ladder.Run(TimeSpan.FromMinutes(2));
        ladder.East.Endpoint.ChildSas.Should().BeEmpty();
        ladder.West.Endpoint.ChildSas.Should().BeEmpty();
        ladder.East.Endpoint.EstablishedSas.Should().BeEmpty();
        ladder.West.Endpoint.EstablishedSas.Should().BeEmpty();
    }

    [Test]
    public void AMethodThatAsksNeedsAPolicy()
    {
        var policy = new PolicyPair().WithXauth().West with { Xauth = null };
        PolicyCheck.Check([policy]).Should().ContainSingle().Which.Field.Should().Be("connections[0].xauth");
    }

    private static IEnumerable<TestCaseData> Unanswerable()
    {
        static DataAttribute Empty(ushort type) => DataAttribute.Variable(type, ReadOnlyMemory<byte>.Empty);
        yield return Case("OTP", DataAttribute.Basic(16520, 2), Empty(16521), Empty(16522));
        yield return Case("type of variable length", DataAttribute.Variable(16520, new byte[] { 0, 0 }), Empty(16521), Empty(16522));
        yield return Case("a generic request with a challenge", DataAttribute.Variable(16525, new byte[8]), Empty(16521), Empty(16522));
        yield return Case("CHAP without a challenge", DataAttribute.Basic(16520, 1), Empty(16521), Empty(16522));
        yield return Case("a passcode that it does not have", Empty(16521), Empty(16523));
        yield return Case("a domain that it does not have", Empty(16521), Empty(16522), Empty(16526));
        yield return Case("a new PIN", Empty(16528));
        yield return Case("an answer", DataAttribute.Variable(16524, "really?"u8.ToArray()), Empty(16529));
        static TestCaseData Case(string name, params DataAttribute[] asked) => new(name, asked);
    }

    internal static void Accepted(Ladder ladder)
    {
        NatTraversalTests.Complete(ladder);
        foreach (var side in new[] { ladder.West, ladder.East })
        {
            side.Saw<XauthFinished>().Should().ContainSingle().Which.Should().Match<XauthFinished>(x => x.IsAccepted && x.User == "joe");
        }
    }

    internal static void Refused(Ladder ladder)
    {
        ladder.East.Endpoint.EstablishedSas.Should().BeEmpty();
        ladder.West.Endpoint.EstablishedSas.Should().BeEmpty();
        ladder.East.Endpoint.ChildSas.Should().BeEmpty();
        ladder.East.Saw<XauthFinished>().Should().NotContain(x => x.IsAccepted);
    }

    internal static AttributesPayload[] Attributes(Ladder.Side side) => [.. side.Sent(ExchangeType.Transaction)
        .Where(t => !t.IsRepeat).Select(t => t.Message.Find<AttributesPayload>()!)];

    /// <summary>The transaction exchanges as "who type attributes", in the order in which they were sent.</summary>
    internal static string[] Talk(Ladder ladder)
    {
        var sent = new[] { ladder.West, ladder.East }.SelectMany(side => side.Sent(ExchangeType.Transaction).Where(t => !t.IsRepeat).Select(t => (side.Name, t)));
        return
        [
            .. sent.OrderBy(s => ladder.Wire.FindIndex(w => w.Bytes.AsSpan().SequenceEqual(s.t.Bytes.Span)))
                .Select(s => (s.Name, Payload: s.t.Message.Find<AttributesPayload>()!))
                .Select(s => $"{s.Name} {(ConfigurationMessageType)s.Payload.MessageType} {string.Join(',', s.Payload.Attributes.Select(a => a.Type))}"),
        ];
    }
}
