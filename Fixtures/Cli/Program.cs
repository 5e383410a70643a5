// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Cli;
using Ipsec.Fixtures.Rig.Peers;

return await CommandLine.RunAsync(args, PeerCatalog.Default, Terminal.OfProcess());
