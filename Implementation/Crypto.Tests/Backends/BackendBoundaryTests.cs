// SPDX-License-Identifier: Apache-2.0

using System.Reflection;

using FluentAssertions;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests.Backends;

/// <summary>Bouncy Castle stays in one namespace, whose types nobody outside sees.</summary>
public sealed class BackendBoundaryTests
{
    private const string BackendNamespace = "Ipsec.Crypto.Backends";

    private static readonly Type[] Types = typeof(EncryptionAlgorithm).Assembly.GetTypes();

    [Test]
    public void Backends_are_internal() =>
        Types.Where(type => type.Namespace == BackendNamespace).Should().NotBeEmpty().And.OnlyContain(type => !type.IsVisible);

    [Test]
    public void Members_outside_the_backends_have_no_bouncy_castle_types()
    {
        const BindingFlags Everything =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

        IEnumerable<string> offenders =
            from type in Types
            where type.Namespace != BackendNamespace
            from member in type.GetMembers(Everything)
            where TypesOf(member).Any(used => used.Assembly.GetName().Name == "BouncyCastle.Cryptography")
            select $"{type}.{member.Name}";

        offenders.Should().BeEmpty();
    }

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        FieldInfo field => [field.FieldType],
        MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType)],
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        PropertyInfo property => [property.PropertyType],
        _ => [],
    };
}
