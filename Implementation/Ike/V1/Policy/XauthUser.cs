// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Policy;

/// <summary>A user of extended authentication.</summary>
/// <param name="Name">XAUTH-USER-NAME.</param>
/// <param name="Password">XAUTH-USER-PASSWORD, bytes as they are sent.</param>
public sealed record XauthUser(string Name, ReadOnlyMemory<byte> Password)
{
    /// <summary>XAUTH-PASSCODE of a token card; empty for none.</summary>
    public ReadOnlyMemory<byte> Passcode { get; init; }

    /// <summary>XAUTH-DOMAIN; null for none.</summary>
    public string? Domain { get; init; }
}
