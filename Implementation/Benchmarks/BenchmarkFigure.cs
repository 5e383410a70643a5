// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Benchmarks;

/// <summary>What one benchmark measured.</summary>
/// <param name="Name">What one operation is.</param>
/// <param name="Parameters">Its parameters, e.g. "Group=MODP-2048".</param>
/// <param name="NanosecondsPerOperation">Mean duration of an operation.</param>
/// <param name="StandardError">Standard error of the mean, in nanoseconds.</param>
/// <param name="OperationsPerSecond">How many operations one thread does in a second.</param>
/// <param name="AllocatedBytes">Managed bytes allocated for an operation.</param>
/// <param name="Samples">Number of measured iterations, each of many operations.</param>
public sealed record BenchmarkFigure(
    string Name,
    string Parameters,
    double NanosecondsPerOperation,
    double StandardError,
    double OperationsPerSecond,
    long AllocatedBytes,
    int Samples)
{
    private const double BitsPerByte = 8;

    /// <summary>Bytes of payload that an operation carries; null where it carries none.</summary>
    public int? PayloadBytes { get; init; }

    /// <summary>How much payload one thread carries, in units of 10^9 bits a second; null where an operation carries none.</summary>
    public double? GigabitsPerSecond => PayloadBytes * BitsPerByte / NanosecondsPerOperation;
}
