// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Policy;

/// <summary>Which identities a connection accepts from its peer.</summary>
public abstract record IdentityPattern
{
    private IdentityPattern()
    {
    }

    /// <summary>Every identity that the peer can prove.</summary>
    public static IdentityPattern Any { get; } = new AnyIdentity();

    /// <summary>One identity and no other.</summary>
    /// <param name="identity">The identity.</param>
    public static implicit operator IdentityPattern(IdentificationPayload identity) => Exactly(identity);

    /// <summary>One identity and no other.</summary>
    /// <param name="identity">The identity; its protocol and port do not matter.</param>
    public static IdentityPattern Exactly(IdentificationPayload identity) => new ExactIdentity(identity);

    /// <summary>Whether an identity is accepted. Names are compared without regard to the case of their letters (RFC 4945 section 3.1).</summary>
    /// <param name="identity">What the peer calls itself.</param>
    /// <returns>Whether it fits.</returns>
    public abstract bool Matches(IdentificationPayload identity);

    /// <summary>Accepts every identity.</summary>
    public sealed record AnyIdentity : IdentityPattern
    {
        /// <inheritdoc/>
        public override bool Matches(IdentificationPayload identity) => true;

        /// <summary>For a person.</summary>
        public override string ToString() => "any identity";
    }

    /// <summary>Accepts one identity.</summary>
    /// <param name="Identity">The identity.</param>
    public sealed record ExactIdentity(IdentificationPayload Identity) : IdentityPattern
    {
        /// <inheritdoc/>
        public override bool Matches(IdentificationPayload identity)
        {
            ArgumentNullException.ThrowIfNull(identity);
            return identity.IdType == Identity.IdType && SameData(identity.IdType, identity.Data.Span, Identity.Data.Span);
        }

        /// <summary>For a person.</summary>
        public override string ToString() => Identity.ToString();
    }

    internal static bool SameData(IdType type, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => type is IdType.Fqdn or IdType.UserFqdn
        ? System.Text.Ascii.EqualsIgnoreCase(a, b) || a.SequenceEqual(b)
        : a.SequenceEqual(b);
}
