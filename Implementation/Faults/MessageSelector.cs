// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;

namespace Ipsec.Faults;

/// <summary>Which IKE message a fault is about.</summary>
/// <param name="Exchange">Exchange type.</param>
/// <param name="Number">Number of the message within its exchange, from 1, counting both directions.</param>
public sealed record MessageSelector(ExchangeType Exchange, int Number);
