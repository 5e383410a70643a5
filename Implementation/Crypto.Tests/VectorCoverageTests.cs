// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;

using Ipsec.Crypto.Tests.Vectors;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests;

/// <summary>No row without published vectors, no vector without a row.</summary>
public sealed class VectorCoverageTests
{
    [Test]
    public void Every_encryption_row_has_vectors() =>
        Check(EncryptionAlgorithm.All.Select(row => row.Name), [.. CbcVector.All, .. CipherVector.All, .. AeadVector.All]);

    [Test]
    public void Every_prf_row_has_vectors() => Check(PrfAlgorithm.All.Select(row => row.Name), PrfVector.All);

    [Test]
    public void Every_hash_has_vectors() => Check(PrfAlgorithm.All.Where(row => row.HashName is not null).Select(row => row.Name), HashVector.All);

    [Test]
    public void Every_integrity_row_has_vectors() => Check(IntegrityAlgorithm.All.Select(row => row.Name), IntegrityVector.All);

    [Test]
    public void Every_key_exchange_row_has_vectors() => Check(KeyExchangeMethod.All.Select(row => row.Name), KeyExchangeVector.All);

    [Test]
    public void Every_vector_names_its_source() =>
        ((IEnumerable<Vector>)
            [.. CbcVector.All, .. CipherVector.All, .. AeadVector.All, .. PrfVector.All, .. HashVector.All, .. IntegrityVector.All, .. KeyExchangeVector.All])
        .Should().OnlyContain(vector => vector.Source.Length > 0);

    private static void Check(IEnumerable<string> rows, IEnumerable<Vector> vectors) =>
        vectors.Select(vector => vector.Algorithm).Distinct().Should().BeEquivalentTo(rows);
}
