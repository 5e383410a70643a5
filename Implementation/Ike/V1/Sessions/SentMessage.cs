// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Sessions;

/// <summary>A message as it left, kept so that it can leave again unchanged.</summary>
internal sealed record SentMessage(IsakmpMessage Message, ReadOnlyMemory<byte> Bytes);
