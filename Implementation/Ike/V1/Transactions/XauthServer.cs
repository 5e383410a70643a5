// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Ipsec.Crypto;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.Transactions.XauthServerState;
using static Ipsec.Wire.V1.ConfigurationAttribute;

namespace Ipsec.Ike.V1.Transactions;

/// <summary>The side that asks (the edge device): pure functions of state and answer (draft-beaulieu-ike-xauth-02).</summary>
internal static class XauthServer
{
    private const int ChallengeSize = 16;

    /// <summary>The first request.</summary>
    public static ExpectReply Start(XauthPolicy policy, IRandomSource random)
    {
        Span<byte> identifier = stackalloc byte[sizeof(ushort)];
        identifier.Clear();
        if (policy.HasIdentifiers)
        {
            random.Fill(identifier);
        }

        return Ask(BinaryPrimitives.ReadUInt16BigEndian(identifier), policy, policy.Attempts - 1, policy.Message, random);
    }

    /// <summary>The answer to a request: the user is let in, asked again in the same transaction, or refused.</summary>
    public static XauthServerState OnReply(ExpectReply state, AttributesPayload reply, XauthPolicy policy, IRandomSource random)
    {
        var user = XauthAttributes.FindText(reply, XauthUserName);
        if (Violation(state, reply) is { } violation)
        {
            return Refuse(state, user, violation);
        }

        if (user is not null && IsRight(state, reply, user, policy))
        {
            var accepted = new AttributesPayload((byte)ConfigurationMessageType.Set, state.Identifier, [XauthAttributes.Status(XauthAttributes.Ok)]);
            return new ExpectAcknowledgement(accepted, true, user, null);
        }

        return state.AttemptsLeft > 0
            ? Ask(state.Identifier, policy, state.AttemptsLeft - 1, "Authentication failed, try again", random)
            : Refuse(state, user, "wrong user name or password");
    }

    private static ExpectReply Ask(ushort identifier, XauthPolicy policy, int attemptsLeft, string? message, IRandomSource random)
    {
        var attributes = new List<DataAttribute>();
        byte[] challenge = [];
        if (policy.Type != XauthAuthenticationType.Generic || policy.AnnounceGenericType)
        {
            attributes.Add(XauthAttributes.Type(policy.Type));
        }

        if (message is not null)
        {
            attributes.Add(XauthAttributes.Text(XauthMessage, message));
        }

        if (policy.Type == XauthAuthenticationType.RadiusChap)
        {
            challenge = new byte[ChallengeSize];
            random.Fill(challenge);
            attributes.Add(XauthAttributes.Variable(XauthChallenge, challenge));
        }

        attributes.Add(XauthAttributes.Empty(XauthUserName));
        attributes.Add(XauthAttributes.Empty(policy.AskPasscode ? XauthPasscode : XauthUserPassword));
        return new(new((byte)ConfigurationMessageType.Request, identifier, [.. attributes]), challenge, attemptsLeft);
    }

    private static ExpectAcknowledgement Refuse(ExpectReply state, string? user, string reason) => new(
        new((byte)ConfigurationMessageType.Set, state.Identifier, [XauthAttributes.Status(XauthAttributes.Fail)]),
        false,
        user,
        reason);

    /// <summary>What ends the authentication without another attempt.</summary>
    private static string? Violation(ExpectReply state, AttributesPayload reply)
    {
        if (XauthAttributes.Find(reply, XauthStatus) is not null)
        {
            // A reply may say that the host cannot answer, and nothing else (draft section 6.2).
            return XauthAttributes.FindBasic(reply, XauthStatus) == XauthAttributes.Fail
                ? "the peer cannot answer"
                : "a REPLY with an XAUTH-STATUS that is not FAIL (draft-beaulieu-ike-xauth-02 section 6.2)";
        }

        // The type of the reply is that of the request, also in being absent (draft section 6.2).
        var asked = XauthAttributes.FindBasic(state.Request, XauthType);
        var hasType = XauthAttributes.Find(reply, XauthType) is not null;
        return hasType == asked.HasValue && XauthAttributes.FindBasic(reply, XauthType) == asked
            ? null
            : "XAUTH-TYPE of the REPLY is not that of the REQUEST (draft-beaulieu-ike-xauth-02 section 6.2)";
    }

    /// <summary>Compares with every user, so that the time taken does not tell whether a name exists.</summary>
    private static bool IsRight(ExpectReply state, AttributesPayload reply, string user, XauthPolicy policy)
    {
        var given = XauthAttributes.Find(reply, policy.AskPasscode ? XauthPasscode : XauthUserPassword)?.Value ?? default;
        if (given.IsEmpty)
        {
            return false;
        }

        var isRight = false;
        foreach (var known in policy.Users)
        {
            var secret = policy.AskPasscode ? known.Passcode : known.Password;
            var expected = state.Challenge.IsEmpty
                ? secret.ToArray()
                : XauthAttributes.ChapPassword(given.Span[0], secret.Span, state.Challenge.Span);
            isRight |= !secret.IsEmpty
                & CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known.Name), Encoding.UTF8.GetBytes(user))
                & CryptographicOperations.FixedTimeEquals(expected, given.Span);
        }

        return isRight;
    }
}
