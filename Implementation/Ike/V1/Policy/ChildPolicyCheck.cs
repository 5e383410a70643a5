// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.QuickMode;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Policy;

/// <summary>Refuses children that could never be negotiated, or that would not protect what they promise.</summary>
internal static class ChildPolicyCheck
{
    // Transforms of one proposal and proposals are numbered in one byte, beginning with 1 (RFC 2408 sections 3.5 and 3.6).
    private const int MostSuites = 255;

    public static void Check(ConnectionPolicy connection, string path, List<PolicyError> errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < connection.Children.Length; i++)
        {
            var child = connection.Children[i];
            var field = $"{path}.children[{i}]";
            if (!names.Add(child.Name))
            {
                errors.Add(new($"{field}.name", $"\"{child.Name}\" is used twice; names must be unique within a connection"));
            }

            CheckLifetimes(child, field, errors);
            CheckSelectors(connection, child, field, errors);
            CheckGroup(child, field, errors);
            if (!Enum.IsDefined(child.Mode))
            {
                errors.Add(new($"{field}.mode", $"{child.Mode} is no encapsulation mode (RFC 2407 section 4.5)"));
            }

            CheckSuites(child, field, errors);
        }

        CheckRekey(connection.Rekey, $"{path}.rekey", errors);
        if (connection.LongerIkeLifetime == LongerLifetime.Refuse)
        {
            errors.Add(new($"{path}.longerIkeLifetime", "is Refuse; in phase 1 a longer lifetime can be shortened, with or without notice"));
        }
    }

    private static void CheckRekey(RekeyPolicy rekey, string field, List<PolicyError> errors)
    {
        if (!(rekey is { Margin: >= 0, Jitter: >= 0 } && rekey.Margin + rekey.Jitter < 1))
        {
            errors.Add(new(field, "margin and jitter must not be negative, and together less than the whole life"));
        }

        if (rekey.Overlap < TimeSpan.Zero || rekey.RetryAfter <= TimeSpan.Zero)
        {
            errors.Add(new(field, "the overlap must not be negative, and the time to the next attempt must be positive"));
        }
    }

    private static void CheckLifetimes(ChildPolicy child, string field, List<PolicyError> errors)
    {
        if (child.LifetimeSeconds == 0)
        {
            errors.Add(new($"{field}.lifetimeSeconds", "is 0; no SA can live that long"));
        }

        if (child.LifetimeKilobytes == 0)
        {
            errors.Add(new($"{field}.lifetimeKilobytes", "is 0; no SA could carry anything"));
        }
    }

    private static void CheckSelectors(ConnectionPolicy connection, ChildPolicy child, string field, List<PolicyError> errors)
    {
        if (child.OmitIdentities
            && !(IsAddress(child.LocalSelector, connection.Local.Address) && IsAddress(child.RemoteSelector, connection.Remote.Address)))
        {
            errors.Add(new(
                $"{field}.omitIdentities",
                "needs the peers' own addresses as selectors, without protocol and port: that is what absent identities mean (RFC 2409 section 5.5)"));
        }

        static bool IsAddress(IdentificationPayload selector, IPAddress address) =>
            SelectorIdentity.Same(selector, SelectorIdentity.Of(address));
    }

    private static void CheckGroup(ChildPolicy child, string field, List<PolicyError> errors)
    {
        if (child is { Pfs: not null, PrivatePfsGroup: not null })
        {
            errors.Add(new($"{field}.privatePfsGroup", "one group is enough: leave out it or pfs"));
        }

        if (child.PrivatePfsGroup < KeyExchangeMethod.FirstPrivateId)
        {
            errors.Add(new($"{field}.privatePfsGroup", $"private groups begin with {KeyExchangeMethod.FirstPrivateId} (RFC 2409 section 5.6)"));
        }
    }

    private static void CheckSuites(ChildPolicy child, string field, List<PolicyError> errors)
    {
        if (child.Suites.IsDefaultOrEmpty)
        {
            errors.Add(new($"{field}.suites", "is empty; at least one suite is needed"));
            return;
        }

        if (child.Suites.Length > MostSuites)
        {
            errors.Add(new($"{field}.suites", $"{child.Suites.Length} suites cannot be numbered in one byte"));
        }

        for (var k = 0; k < child.Suites.Length; k++)
        {
            CheckEsp(child.Suites[k], $"{field}.suites[{k}]", errors);
            CheckIntegrity(child.Suites[k], $"{field}.suites[{k}]", errors);
            if (child.Suites[k].AhIntegrity is not null && Encapsulation.IsUdp(child.Mode))
            {
                errors.Add(new($"{field}.suites[{k}]", "AH covers the outer addresses and cannot be encapsulated in UDP (RFC 3948 section 1)"));
            }
        }
    }

    private static void CheckIntegrity(Phase2Suite suite, string field, List<PolicyError> errors)
    {
        foreach (var integrity in new[] { suite.Integrity, suite.AhIntegrity })
        {
            if (integrity is { IkeV1AuthId: null })
            {
                errors.Add(new($"{field}.integrity", $"{integrity.Name} has no IKEv1 number (RFC 2407 section 4.5)"));
            }
        }

        if (suite.Integrity is { IsForEsp: false } ahOnly)
        {
            errors.Add(new($"{field}.integrity", $"{ahOnly.Name} is an algorithm of AH and must not be used with ESP (RFC 4543 section 5.3)"));
        }
    }

    private static void CheckEsp(Phase2Suite suite, string field, List<PolicyError> errors)
    {
        if (suite.Encryption is not { } encryption)
        {
            return;
        }

        if (encryption.IkeV1EspId is null)
        {
            errors.Add(new($"{field}.encryption", $"{encryption.Name} has no ESP transform number (RFC 2407 section 4.4.4)"));
        }

        switch (encryption.IsAead, suite.Integrity, suite.IsWithoutIntegrity)
        {
            case (true, not null, _):
                errors.Add(new($"{field}.integrity", $"{encryption.Name} brings its own integrity; {suite.Integrity.Name} must be left out"));
                break;
            case (true, null, true):
                errors.Add(new($"{field}.integrity", $"{encryption.Name} brings its own integrity and cannot go without"));
                break;
            case (false, null, false):
                errors.Add(new($"{field}.integrity", $"{encryption.Name} needs an integrity algorithm"));
                break;
            case (false, null, true) when encryption.KeySize == 0:
                errors.Add(new($"{field}.integrity", $"{encryption.Name} without integrity protects nothing (RFC 2407 section 4.5)"));
                break;
        }
    }
}
