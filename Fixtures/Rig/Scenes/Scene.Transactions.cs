// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Faults;
using Ipsec.Ike.Inputs;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <content>Mode config, and the inner addresses that it gives.</content>
public sealed partial class Scene
{
    /// <summary>Offset of the first octet of the hash itself: behind the generic header of the HASH payload.</summary>
    private const int HashOffset = 4;

    /// <summary>Message ID of the transaction that west began under a wrong HASH; null when it did not.</summary>
    public uint? WrongTransaction => _bed?.Faults.Sent.FirstOrDefault(sent => sent.Header.ExchangeType == ExchangeType.Transaction)?.Header.MessageId;

    /// <summary>Has west send a REQUEST under its IKE SA.</summary>
    /// <param name="attributes">What it asks for.</param>
    /// <param name="hashIsWrong">Whether its HASH is that of another message.</param>
    public void AskForConfiguration(ImmutableArray<ConfigurationAttribute> attributes, bool hashIsWrong = false) => OnLoop(() =>
    {
        if (hashIsWrong)
        {
            Bed.Faults.Add(new BytesFault(
                "TX1-HASH", FaultSeam.PlainBytes, new(ExchangeType.Transaction, 1), new BytesOperation.FlipBits(HashOffset, 1), "DRAFT-DUKES-IKE-MODE-CFG-02-3.1.1-01", ["silence"]));
        }

        Bed.West.Command(new RequestConfiguration(ConnectionName, attributes));
    });
}
