// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;

namespace Ipsec.Crypto.Certificates;

/// <summary>One name of a certificate's subjectAltName extension.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">
/// The octets as an identification payload carries them (RFC 2407 section 4.6.2): the letters of a DNS name or mail address, 4 or 16
/// octets of an address, the DER of a distinguished name.
/// </param>
public sealed record SubjectAltName(SubjectAltNameKind Kind, ReadOnlyMemory<byte> Value)
{
    /// <summary>Whether both are of one kind and have the same octets.</summary>
    public bool Equals(SubjectAltName? other) => other is not null && Kind == other.Kind && Value.Span.SequenceEqual(other.Value.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Kind);
        hash.AddBytes(Value.Span);
        return hash.ToHashCode();
    }

    /// <summary>The name for people; a distinguished name as hexadecimal digits.</summary>
    public override string ToString() => Kind switch
    {
        SubjectAltNameKind.IpAddress => new IPAddress(Value.Span).ToString(),
        SubjectAltNameKind.DirectoryName => Convert.ToHexStringLower(Value.Span),
        _ => Encoding.Latin1.GetString(Value.Span),
    };
}
