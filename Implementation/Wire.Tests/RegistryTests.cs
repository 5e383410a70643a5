// SPDX-License-Identifier: Apache-2.0
using FluentAssertions;
using Ipsec.Wire.Ip;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Wire.Tests;

/// <summary>The registries as the RFCs print them: every assigned number has a name, and only one.</summary>
public sealed class RegistryTests
{
    private static IEnumerable<TestCaseData> AssignedNumbers()
    {
        // RFC 2408 section 3.1 with RFC 3947, RFC 6407; IKEv2 from RFC 7296 section 3.2 on; three of private use.
        yield return Registry<PayloadType>([.. Range(0, 22), .. Range(33, 54), 130, 131, 132]);

        // RFC 2408 section 3.1, draft-dukes-ike-mode-cfg-02, RFC 2409 appendix A, IKEv2.
        yield return Registry<ExchangeType>([.. Range(0, 6), .. Range(32, 38), 43, 44]);
        yield return Registry<IsakmpFlags>([0, 1, 2, 4]);

        // RFC 2407 sections 4.4 to 4.6.
        yield return Registry<ProtocolId>(Range(0, 5));
        yield return Registry<IdType>(Range(0, 12));
        yield return Registry<Phase1TransformId>([0, 1]);
        yield return Registry<AhTransformId>([0, .. Range(2, 13)]);
        yield return Registry<EspTransformId>([.. Range(0, 16), .. Range(18, 23)]);
        yield return Registry<IpCompTransformId>(Range(0, 4));
        yield return Registry<Phase2Attribute>(Range(1, 15));
        yield return Registry<EncapsulationMode>([.. Range(1, 4), 61443, 61444]);
        yield return Registry<AuthenticationAlgorithm>(Range(0, 13));
        yield return Registry<LifeType>([1, 2]);
        yield return Registry<NotifyType>([.. Range(0, 30), 16384, .. Range(24576, 24578), 36136, 36137]);

        // RFC 2409 appendix A.
        yield return Registry<Phase1Attribute>(Range(1, 16));
        yield return Registry<Phase1Encryption>(Range(1, 8));
        yield return Registry<Phase1Hash>(Range(1, 6));
        yield return Registry<GroupType>(Range(1, 3));
        yield return Registry<AuthenticationMethod>(
            [.. Range(1, 5), .. Range(9, 11), .. Range(64221, 64224), .. Range(65001, 65010)]);

        // RFC 2408 section 3.9; draft-dukes-ike-mode-cfg-02; draft-beaulieu-ike-xauth-02.
        yield return Registry<CertificateEncoding>(Range(0, 14));
        yield return Registry<ConfigurationMessageType>(Range(0, 4));
        yield return Registry<XauthAuthenticationType>(Range(0, 3));
        yield return Registry<ConfigurationAttribute>([.. Range(1, 15), .. Range(16520, 16529), .. Range(28672, 28682)]);

        yield return Registry<IpProtocol>([0, 1, 4, 6, 17, 33, 41, 43, 44, 50, 51, 58, 59, 60, 132, 136]);
        yield return Registry<Icmpv4Type>([0, 3, 8, 11, 12]);
        yield return Registry<Icmpv6Type>([1, 2, 3, 4, 128, 129]);
        yield return Registry<IpVersion>([4, 6]);
        yield return Registry<EtherType>([0x0800, 0x0806, 0x86dd]);
    }

    [TestCaseSource(nameof(AssignedNumbers))]
    public void Every_assigned_number_has_one_name(Type registry, int[] numbers)
    {
        var values = Enum.GetValuesAsUnderlyingType(registry).Cast<object>()
            .Select(value => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture));

        values.Should().BeEquivalentTo(numbers);
    }

    [TestCase(NotifyType.NoProposalChosen, 14)]
    [TestCase(NotifyType.PayloadMalformed, 16)]
    [TestCase(NotifyType.InvalidIdInformation, 18)]
    [TestCase(NotifyType.InvalidHashInformation, 23)]
    [TestCase(NotifyType.AuthenticationFailed, 24)]
    [TestCase(NotifyType.InitialContact, 24578)]
    [TestCase(NotifyType.RUThere, 36136)]
    public void Notify_types_have_the_numbers_of_their_RFCs(NotifyType type, int number) => ((int)type).Should().Be(number);

    [TestCase(EspTransformId.Null, 11)]
    [TestCase(EspTransformId.AesCbc, 12)]
    [TestCase(EspTransformId.AesGcm16, 20)]
    [TestCase(EspTransformId.Camellia, 22)]
    public void ESP_transforms_have_the_numbers_of_their_RFCs(EspTransformId id, int number) => ((int)id).Should().Be(number);

    private static int[] Range(int first, int last) => [.. Enumerable.Range(first, last - first + 1)];

    private static TestCaseData Registry<T>(int[] numbers)
        where T : struct, Enum => new TestCaseData(typeof(T), numbers).SetArgDisplayNames(typeof(T).Name);
}
