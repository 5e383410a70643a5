// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <summary>The exchange of a bent message.</summary>
/// <param name="Header">The header of the message before it was bent.</param>
/// <param name="Datagram">What left.</param>
/// <param name="WestSpi">The SPI that west named in the honest message; empty where it named none.</param>
public sealed record BentExchange(IsakmpHeader Header, ReadOnlyMemory<byte> Datagram, ReadOnlyMemory<byte> WestSpi);
