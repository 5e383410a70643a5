// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto.Signatures;
using Ipsec.Ike.V1.Authentication;

namespace Ipsec.Ike.V1.Policy;

/// <summary>What a connection needs so that phase 1 can be completed with every suite it names, in every mode it allows.</summary>
internal static class Phase1PolicyCheck
{
    /// <summary>
    /// RSA keys below this size protect nothing, and HASH_I with SHA2-512 must fit into a signature block (RFC 8017 section 7.2.1: 11
    /// octets less than the modulus).
    /// </summary>
    private const int SmallestRsaKey = 1024;

    public static void Check(ConnectionPolicy connection, string path, List<PolicyError> errors)
    {
        CheckIdentities(connection, path, errors);
        CheckModes(connection, path, errors);
        if (connection.Phase1.IsDefaultOrEmpty)
        {
            errors.Add(new($"{path}.phase1", "is empty; at least one suite is needed"));
            return;
        }

        for (var i = 0; i < connection.Phase1.Length; i++)
        {
            CheckSuite(connection.Phase1[i], $"{path}.phase1[{i}]", errors);
        }

        var forms = connection.Phase1.Select(suite => AuthenticationForm.Find(suite.Authentication)).OfType<AuthenticationForm>().Distinct().ToArray();
        CheckCredentials(connection, forms, path, errors);
        if (connection.Mode == Phase1Mode.Aggressive)
        {
            CheckAggressiveOffer(connection, forms, path, errors);
        }
    }

    private static void CheckIdentities(ConnectionPolicy connection, string path, List<PolicyError> errors)
    {
        // Our own identity may be anything: whether the peer lets it pass is what some policies are there to find out.
        if (connection.RemoteIdentity is IdentityPattern.ExactIdentity { Identity: var identity } && PeerIdentity.FormProblem(identity) is { } theirs)
        {
            errors.Add(new($"{path}.remoteIdentity", $"{theirs}; a phase 1 identity is one peer's"));
        }
    }

    private static void CheckModes(ConnectionPolicy connection, string path, List<PolicyError> errors)
    {
        if (connection.AcceptedModes.IsDefault)
        {
            errors.Add(new($"{path}.acceptedModes", "is missing; an empty list means that the peer may not start"));
        }
        else if (connection.AcceptsAnyAddress && connection.AcceptedModes.IsEmpty)
        {
            errors.Add(new($"{path}.acceptedModes", "is empty, and there is no address to call: nobody could ever start"));
        }
    }

    private static void CheckSuite(Phase1Suite suite, string path, List<PolicyError> errors)
    {
        if (suite.LifetimeSeconds == 0)
        {
            errors.Add(new($"{path}.lifetimeSeconds", "is 0; no IKE SA can live that long"));
        }

        if (suite.LifetimeKilobytes == 0)
        {
            errors.Add(new($"{path}.lifetimeKilobytes", "is 0; no IKE SA can live that long"));
        }

        if (suite.Encryption.IkeV1Phase1Id is null)
        {
            errors.Add(new($"{path}.encryption", $"{suite.Encryption.Name} has no IKEv1 phase 1 number (RFC 2409 appendix A)"));
        }

        if (suite.Hash.IkeV1HashId is null)
        {
            errors.Add(new($"{path}.hash", $"{suite.Hash.Name} has no IKEv1 number (RFC 2409 appendix A)"));
        }

        if (AuthenticationForm.Find(suite.Authentication) is null)
        {
            errors.Add(new($"{path}.authentication", $"{suite.Authentication} is not spoken here; {string.Join(", ", AuthenticationForm.All.Select(f => f.Method))} are"));
        }
    }

    private static void CheckCredentials(ConnectionPolicy connection, AuthenticationForm[] forms, string path, List<PolicyError> errors)
    {
        if (connection.PreSharedKey.IsEmpty && Array.Find(forms, f => f.Skeyid == SkeyidSource.PreSharedKey) is { } shared)
        {
            errors.Add(new($"{path}.preSharedKey", $"is empty; {shared.Method} needs at least one byte"));
        }

        foreach (var form in forms.Where(f => f.Key is not null))
        {
            if (form.ConcealsIdentity)
            {
                CheckOwnKey(connection, form, $"{path}.certificates.key", errors);
                CheckEncryptionKey(connection, form, path, errors);
            }
            else if (form.Initiator == form.Responder)
            {
                CheckOwnKey(connection, form, $"{path}.certificates.key", errors);
                CheckPeerKey(connection, form, path, errors);
            }
            else if (connection.Certificates?.Key is not null)
            {
                // With hybrid authentication one side has a key, and the other knows whose to believe.
                CheckOwnKey(connection, form, $"{path}.certificates.key", errors);
            }
            else
            {
                CheckPeerKey(connection, form, path, errors);
            }
        }

        if (connection.Certificates is { Key: { } key, Chain: [var leaf, ..] }
            && !leaf.PublicKey.SubjectPublicKeyInfo.Span.SequenceEqual(key.Public.SubjectPublicKeyInfo.Span))
        {
            errors.Add(new($"{path}.certificates.chain[0]", "is the certificate of another key than certificates.key"));
        }
    }

    private static void CheckOwnKey(ConnectionPolicy connection, AuthenticationForm form, string path, List<PolicyError> errors)
    {
        if (connection.Certificates?.Key is not { } key)
        {
            errors.Add(new(path, $"is missing; {form.Method} needs a private key of kind {form.Key}"));
        }
        else if (key.Kind != form.Key)
        {
            errors.Add(new(path, $"is of kind {key.Kind}; {form.Method} needs {form.Key}"));
        }
        else if (key.Kind == KeyKind.Rsa && key.Bits < SmallestRsaKey)
        {
            errors.Add(new(path, $"has {key.Bits} bits; at least {SmallestRsaKey} are needed"));
        }
    }

    private static void CheckPeerKey(ConnectionPolicy connection, AuthenticationForm form, string path, List<PolicyError> errors)
    {
        if (connection.PeerPublicKey is { } known)
        {
            if (known.Kind != form.Key)
            {
                errors.Add(new($"{path}.peerPublicKey", $"is of kind {known.Kind}; {form.Method} needs {form.Key}"));
            }
        }
        else if (connection.Certificates is null || connection.Certificates.Trust.Anchors.IsDefaultOrEmpty)
        {
            errors.Add(new($"{path}.certificates.trust.anchors", $"is empty and there is no peerPublicKey; {form.Method} could trust no signature"));
        }
    }

    private static void CheckEncryptionKey(ConnectionPolicy connection, AuthenticationForm form, string path, List<PolicyError> errors)
    {
        if (connection.PeerEncryptionKey is { } key)
        {
            if (key.Kind != KeyKind.Rsa || key.Bits < SmallestRsaKey)
            {
                errors.Add(new($"{path}.peerPublicKey", $"is of kind {key.Kind} and {key.Bits} bits; {form.Method} needs RSA of at least {SmallestRsaKey}"));
            }
            else if (form.Ancillary == AncillaryForm.Encrypted && connection.LocalIdentity.Body.Length > key.MaximumPlaintextSize)
            {
                errors.Add(new(
                    $"{path}.localIdentity",
                    $"has {connection.LocalIdentity.Body.Length} bytes; the peer's key encrypts {key.MaximumPlaintextSize} (RFC 2409 section 5.2)"));
            }
        }
        else if (form.Ancillary == AncillaryForm.Encrypted || !connection.AcceptsAnyAddress)
        {
            errors.Add(new($"{path}.peerPublicKey", $"is missing, and so is peerCertificate; {form.Method} encrypts with the peer's key"));
        }
        else if (connection.Certificates is null || connection.Certificates.Trust.Anchors.IsDefaultOrEmpty)
        {
            errors.Add(new($"{path}.certificates.trust.anchors", $"is empty and there is no peerPublicKey; {form.Method} could trust no certificate"));
        }
    }

    /// <summary>What the first message of aggressive mode fixes cannot be negotiated (RFC 2409 section 5).</summary>
    private static void CheckAggressiveOffer(ConnectionPolicy connection, AuthenticationForm[] forms, string path, List<PolicyError> errors)
    {
        var suites = connection.Phase1;
        if (suites.DistinctBy(suite => suite.Group).Count() > 1)
        {
            errors.Add(new($"{path}.phase1", "names several groups; aggressive mode cannot negotiate the group (RFC 2409 section 5)"));
        }

        if (Array.Exists(forms, form => form.ConcealsIdentity))
        {
            if (forms.Length > 1)
            {
                errors.Add(new($"{path}.phase1", "mixes public key encryption with other methods; aggressive mode cannot negotiate it (RFC 2409 section 5)"));
            }

            if (suites.DistinctBy(suite => (suite.Encryption, suite.Hash)).Count() > 1)
            {
                errors.Add(new($"{path}.phase1", "names several ciphers or hashes; with public key encryption aggressive mode cannot negotiate them (RFC 2409 section 5)"));
            }
        }
    }
}
