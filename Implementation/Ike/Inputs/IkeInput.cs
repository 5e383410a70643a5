// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Inputs;

/// <summary>Something that happens to an IKE endpoint: a datagram, a command of its owner, or the passing of time.</summary>
public abstract record IkeInput;
