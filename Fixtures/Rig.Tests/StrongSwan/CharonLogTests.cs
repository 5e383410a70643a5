// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Rig.StrongSwan;

namespace Ipsec.Fixtures.Rig.Tests.StrongSwan;

/// <summary>Picking one scenario's lines out of charon's log.</summary>
[TestFixture]
public sealed class CharonLogTests
{
    [Test]
    public void OnlyTheScenariosLinesStay() => CharonLog.Filter(
        """
        2024-02-29T16:23:18.380 31[CFG] added vici connection: tunnel-1
        2024-02-29T16:23:18.380 31[CFG] added vici connection: tunnel-12
        2024-02-29T16:23:18.387 31[CFG] loaded IKE shared key with id 'tunnel-1' for: '198.51.100.2', '198.51.100.10'
        2024-02-29T16:23:18.388 31[CFG] vici client 1 requests: list-sas
        2024-02-29T16:23:18.392 03[NET] received packet: from 198.51.100.10[500] to 198.51.100.2[500]
        2024-02-29T16:23:18.393 03[NET] received packet: from 198.51.100.100[500] to 198.51.100.2[500]
        2024-02-29T16:23:18.410 17[NET] <1> received packet: from 198.51.100.10[500] to 198.51.100.2[500] (84 bytes)
        2024-02-29T16:23:18.411 18[NET] <2> received packet: from 198.51.100.100[500] to 198.51.100.2[500] (84 bytes)
        2024-02-29T16:23:18.415 17[ENC] <1> parsed ID_PROT request 0 [ SA ]
        2024-02-29T16:23:18.415 18[ENC] <2> parsed ID_PROT request 0 [ SA ]
        2024-02-29T16:23:18.416 17[ENC] <tunnel-1|1> an entry
        of two lines
        2024-02-29T16:23:18.416 18[ENC] <tunnel-12|2> another entry
        of two lines
        2024-02-29T16:23:18.417 18[IKE] <tunnel-12|2> names 198.51.100.10, but is of another connection

        """,
        "tunnel-1",
        new IPAddress([198, 51, 100, 10])).Should().Be(
        """
        2024-02-29T16:23:18.380 31[CFG] added vici connection: tunnel-1
        2024-02-29T16:23:18.387 31[CFG] loaded IKE shared key with id 'tunnel-1' for: '198.51.100.2', '198.51.100.10'
        2024-02-29T16:23:18.392 03[NET] received packet: from 198.51.100.10[500] to 198.51.100.2[500]
        2024-02-29T16:23:18.410 17[NET] <1> received packet: from 198.51.100.10[500] to 198.51.100.2[500] (84 bytes)
        2024-02-29T16:23:18.415 17[ENC] <1> parsed ID_PROT request 0 [ SA ]
        2024-02-29T16:23:18.416 17[ENC] <tunnel-1|1> an entry
        of two lines

        """);

    [Test]
    public void WithoutAConnectionTheAddressDecides() => CharonLog.Filter(
        """
        2024-02-29T16:23:18.392 03[NET] received packet: from 198.51.100.10[500] to 198.51.100.2[500]
        2024-02-29T16:23:18.393 03[NET] something else

        """,
        connection: "",
        new IPAddress([198, 51, 100, 10])).Should().Be("2024-02-29T16:23:18.392 03[NET] received packet: from 198.51.100.10[500] to 198.51.100.2[500]\n");
}
