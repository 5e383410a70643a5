// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Effects;

/// <summary>
/// Of the pairs of this child, send on this one from now on, as if it had been installed last. Both sides have replaced a
/// pair at once, and this one of the two new ones will stay.
/// </summary>
/// <param name="Pair">An installed pair.</param>
public sealed record PreferChildSa(ChildSaPair Pair) : IkeEffect;
