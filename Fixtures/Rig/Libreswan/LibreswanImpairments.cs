// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>How pluto is told to break a rule: what <c>ipsec whack --impair</c> calls the misbehaviours of the suite.</summary>
internal static class LibreswanImpairments
{
    private static readonly FrozenDictionary<string, string[]> Options = new Dictionary<string, string[]>
    {
        [Misbehaviours.BogusFlag] = ["send-bogus-isakmp-flag"],
        [Misbehaviours.ZeroInitiatorCookie] = ["ike-initiator-spi:0"],
        [Misbehaviours.ZeroResponderCookie] = ["ike-responder-spi:0"],
        [Misbehaviours.NoKey] = ["ke-payload:omit"],
        [Misbehaviours.EmptyKey] = ["ke-payload:empty"],
        [Misbehaviours.ZeroKey] = ["ke-payload:0"],
        [Misbehaviours.OtherKey] = ["ke-payload:5"],
        [Misbehaviours.LargeVendorId] = ["bust-mi2", "bust-mr2"],
        [Misbehaviours.NoIkeKeyLength] = ["ike-key-length-attribute:omit"],
        [Misbehaviours.TwoIkeKeyLengths] = ["ike-key-length-attribute:duplicate"],
        [Misbehaviours.WrongIkeKeyLength] = ["ike-key-length-attribute:100"],
        [Misbehaviours.NoChildKeyLength] = ["child-key-length-attribute:omit"],
        [Misbehaviours.TwoChildKeyLengths] = ["child-key-length-attribute:duplicate"],
        [Misbehaviours.WrongChildKeyLength] = ["child-key-length-attribute:100"],
        [Misbehaviours.NoQuickModeHash] = ["v1-hash-exchange:quick", "v1-hash-payload:omit"],
        [Misbehaviours.EmptyQuickModeHash] = ["v1-hash-exchange:quick", "v1-hash-payload:empty"],
        [Misbehaviours.WrongQuickModeHash] = ["v1-hash-exchange:quick", "v1-hash-payload:7"],
        [Misbehaviours.NoDeleteHash] = ["v1-hash-exchange:delete", "v1-hash-payload:omit"],
        [Misbehaviours.EmptyDeleteHash] = ["v1-hash-exchange:delete", "v1-hash-payload:empty"],
        [Misbehaviours.WrongDeleteHash] = ["v1-hash-exchange:delete", "v1-hash-payload:7"],
        [Misbehaviours.NoNotificationHash] = ["v1-hash-exchange:notification", "v1-hash-payload:omit"],
        [Misbehaviours.EmptyNotificationHash] = ["v1-hash-exchange:notification", "v1-hash-payload:empty"],
        [Misbehaviours.WrongNotificationHash] = ["v1-hash-exchange:notification", "v1-hash-payload:7"],
        [Misbehaviours.NoXauthHash] = ["v1-hash-exchange:xauth", "v1-hash-payload:omit"],
        [Misbehaviours.EmptyXauthHash] = ["v1-hash-exchange:xauth", "v1-hash-payload:empty"],
        [Misbehaviours.WrongXauthHash] = ["v1-hash-exchange:xauth", "v1-hash-payload:7"],
        [Misbehaviours.DeleteWithNotify] = ["ikev1-del-with-notify"],
        [Misbehaviours.EveryMessageTwice] = ["jacob-two-two"],
        [Misbehaviours.TakesEveryMessageTwice] = ["replay-duplicates"],
        [Misbehaviours.ReplaysForward] = ["replay-forward"],
        [Misbehaviours.ReplaysBackward] = ["replay-backward"],
        [Misbehaviours.NoMessage3] = ["drop-i2"],
        [Misbehaviours.NoMessage4] = ["send-no-main-r2"],
        [Misbehaviours.NoXauthRequest] = ["send-no-xauth-r0"],
        [Misbehaviours.NoXauthReply] = ["drop-xauth-r0"],
        [Misbehaviours.NoDelete] = ["send-no-delete"],
        [Misbehaviours.StartsAllOver] = ["delete-on-retransmit"],
        [Misbehaviours.TriesOnlyOnce] = ["timeout-on-retransmit"],
        [Misbehaviours.NeverRepeats] = ["suppress-retransmits"],
    }.ToFrozenDictionary();

    /// <summary>The requests that make pluto misbehave.</summary>
    /// <exception cref="UnsupportedException">It has no such impairment.</exception>
    public static IReadOnlyList<PlutoRequest> Requests(Misbehaviour how) => Options.TryGetValue(how.Words, out var options)
        ? [.. options.Select(option => PlutoRequest.Whack("--impair", option))]
        : throw new UnsupportedException($"libreswan has no impairment by which it {how}");

    /// <summary>The request that ends all misbehaviour.</summary>
    public static PlutoRequest None { get; } = PlutoRequest.Whack("--impair", "none");
}
