// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Ipsec.Transports;

/// <summary>A packet that the network below did not take. To its sender it is a lost one, and is sent again like any other.</summary>
/// <param name="Remote">Where it was to go; null when it is not known.</param>
/// <param name="Reason">What the system says.</param>
public sealed record TransportError(IPEndPoint? Remote, string Reason);
