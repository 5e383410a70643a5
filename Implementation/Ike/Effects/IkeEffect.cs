// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Effects;

/// <summary>Something an IKE endpoint wants done, or wants known. The endpoint itself does no I/O.</summary>
public abstract record IkeEffect;
