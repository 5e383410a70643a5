// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire;

/// <summary>Why octets could not be read as the layout demands.</summary>
public enum WireErrorKind
{
    /// <summary>The octets ran out before the field, or before the length that the outermost header declares.</summary>
    Truncated,

    /// <summary>A length, size or count field contradicts the octets that are there.</summary>
    BadLength,

    /// <summary>A field holds a value that gives the following octets no defined layout.</summary>
    BadValue,

    /// <summary>Octets are left after the last structure that the enclosing length covers.</summary>
    TrailingBytes,

    /// <summary>A checksum does not match the octets it covers.</summary>
    BadChecksum,
}
