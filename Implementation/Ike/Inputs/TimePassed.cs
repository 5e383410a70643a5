// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Inputs;

/// <summary>The deadline that the endpoint asked for has come.</summary>
public sealed record TimePassed : IkeInput;
