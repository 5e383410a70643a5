// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;
using static Ipsec.Wire.V1.ConfigurationAttribute;

namespace Ipsec.Ike.V1.Transactions;

/// <summary>The side that is asked (the IPsec host): pure functions of state and message (draft-beaulieu-ike-xauth-02).</summary>
/// <param name="Identifier">The identifier of the transaction under way; null before its first message.</param>
/// <param name="Answered">Requests answered in it.</param>
internal sealed record XauthClient(ushort? Identifier, int Answered)
{
    private const byte ChapIdentifier = 1;

    /// <summary>No transaction is under way.</summary>
    public static XauthClient Initial { get; } = new(null, 0);

    /// <summary>A request is answered with what it asks for, or with XAUTH-STATUS FAIL (draft section 6.1).</summary>
    /// <param name="request">The request.</param>
    /// <param name="policy">Who we are; null when this end is not prepared to be asked.</param>
    /// <param name="next">The state from then on.</param>
    /// <param name="reply">The answer.</param>
    /// <returns>Null when the request is answered.</returns>
    public Rejection? OnRequest(AttributesPayload request, XauthPolicy? policy, out XauthClient next, out AttributesPayload reply)
    {
        next = this;
        reply = request;
        if (WrongIdentifier(request) is { } wrong)
        {
            return wrong;
        }

        next = new(request.Identifier, Answered + 1);
        var values = Answered < policy?.Attempts && policy.Credentials is { } user ? Fill(request, user) : null;
        reply = new((byte)ConfigurationMessageType.Reply, request.Identifier, [.. TypeOf(request), .. values ?? [XauthAttributes.Status(XauthAttributes.Fail)]]);
        return null;
    }

    /// <summary>The result. Its acknowledgement has no attributes (draft section 6.1).</summary>
    /// <param name="set">The setting.</param>
    /// <param name="isAccepted">What it says.</param>
    /// <param name="reply">The acknowledgement.</param>
    /// <returns>Null when it is a result.</returns>
    public Rejection? OnSet(AttributesPayload set, out bool isAccepted, out AttributesPayload reply)
    {
        isAccepted = false;
        reply = new((byte)ConfigurationMessageType.Acknowledge, set.Identifier, []);
        if (WrongIdentifier(set) is { } wrong)
        {
            return wrong;
        }

        // Success or failure and a text, nothing else (draft section 6.1).
        var status = XauthAttributes.FindBasic(set, XauthStatus);
        if (status is not (XauthAttributes.Ok or XauthAttributes.Fail)
            || set.Attributes.Any(a => a.Type is not ((ushort)XauthStatus or (ushort)XauthMessage)))
        {
            return new("draft-beaulieu-ike-xauth-02 section 6.1", $"{set} is no result");
        }

        isAccepted = status == XauthAttributes.Ok;
        return null;
    }

    private Rejection? WrongIdentifier(AttributesPayload payload) => Identifier is { } mine && mine != payload.Identifier
        ? new("draft-beaulieu-ike-xauth-02 section 6", $"identifier {payload.Identifier} within transaction {mine}")
        : null;

    private static IEnumerable<DataAttribute> TypeOf(AttributesPayload request) =>
        request.Attributes.Where(a => a.Type == (ushort)XauthType);

    /// <summary>The requested values; null when one cannot be given, or the request breaks a rule of draft section 6.2.</summary>
    private static List<DataAttribute>? Fill(AttributesPayload request, XauthUser user)
    {
        var hasType = TypeOf(request).Any();
        var type = hasType ? XauthAttributes.FindBasic(request, XauthType) : (ushort)XauthAuthenticationType.Generic;
        var challenge = XauthAttributes.Find(request, XauthChallenge);
        var isChap = type == (ushort)XauthAuthenticationType.RadiusChap;
        if ((!isChap && type != (ushort)XauthAuthenticationType.Generic) || isChap != (challenge?.Value.IsEmpty == false))
        {
            return null;
        }

        var values = new List<DataAttribute>();
        foreach (var asked in request.Attributes)
        {
            ReadOnlyMemory<byte>? value = (ConfigurationAttribute)asked.Type switch
            {
                XauthUserName when user.Name.Length > 0 => XauthAttributes.Text(XauthUserName, user.Name).Value,
                XauthUserPassword when isChap => XauthAttributes.ChapPassword(ChapIdentifier, user.Password.Span, challenge!.Value.Span),
                XauthUserPassword when !user.Password.IsEmpty => user.Password,
                XauthPasscode when !user.Passcode.IsEmpty => user.Passcode,
                XauthDomain when user.Domain is not null => XauthAttributes.Text(XauthDomain, user.Domain).Value,
                XauthType or XauthMessage or XauthChallenge => ReadOnlyMemory<byte>.Empty,
                _ => (ReadOnlyMemory<byte>?)null,
            };
            if (value is null)
            {
                return null;
            }

            if (!value.Value.IsEmpty)
            {
                values.Add(DataAttribute.Variable(asked.Type, value.Value));
            }
        }

        return values;
    }
}
