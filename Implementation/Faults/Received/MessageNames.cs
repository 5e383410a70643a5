// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Faults.Received;

/// <summary>What scenarios call the messages of the transition table.</summary>
public static class MessageNames
{
    /// <summary>The message of a row: "main mode message 1", "informational message 1".</summary>
    /// <param name="row">A row of the transition table.</param>
    /// <returns>Exchange and number.</returns>
    public static string NameOf(Transition row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return string.Create(CultureInfo.InvariantCulture, $"{ExchangeName(ExchangeOf(row))} message {row.Message}");
    }

    /// <summary>The exchange to which the message of a row belongs.</summary>
    /// <param name="row">A row of the transition table.</param>
    /// <returns>Quick mode for CONNECTED, which ends one, though it is an informational exchange.</returns>
    public static ExchangeType ExchangeOf(Transition row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.IsConnected ? ExchangeType.QuickMode : row.Exchange;
    }

    /// <summary>An exchange in the words of RFC 2409.</summary>
    /// <param name="exchange">Exchange type.</param>
    /// <returns>"main mode" for Identity Protection, and so on.</returns>
    public static string ExchangeName(ExchangeType exchange) => exchange switch
    {
        ExchangeType.IdentityProtection => "main mode",
        ExchangeType.Aggressive => "aggressive mode",
        ExchangeType.QuickMode => "quick mode",
        ExchangeType.NewGroupMode => "new group mode",
        ExchangeType.Informational => "informational",
        ExchangeType.Transaction => "transaction",
        _ => string.Create(CultureInfo.InvariantCulture, $"exchange {(byte)exchange}"),
    };
}
