// SPDX-License-Identifier: Apache-2.0

using System.CodeDom;
using TechTalk.SpecFlow.Generator;
using TechTalk.SpecFlow.Generator.UnitTestConverter;

namespace Ipsec.StepDefinitions.Generator;

/// <summary>
/// Gives every generated fixture a peer: NUnit makes one instance of the class for each name in <c>PeerMatrix.Peers</c>, shown as
/// <c>MainModeFeature("self")</c>.
/// </summary>
public sealed class PeerFixtureDecorator : ITestClassDecorator
{
    private const string Fixture = "NUnit.Framework.TestFixtureAttribute";
    private const string FixtureSource = "NUnit.Framework.TestFixtureSourceAttribute";
    private const string Matrix = "Ipsec.StepDefinitions.Peers.PeerMatrix";
    private const string PeerFixture = "Ipsec.StepDefinitions.Peers.IPeerFixture";

    /// <inheritdoc/>
    public int Priority => 0;

    /// <inheritdoc/>
    public bool CanDecorateFrom(TestClassGenerationContext generationContext) => true;

    /// <inheritdoc/>
    public void DecorateFrom(TestClassGenerationContext generationContext)
    {
        CodeTypeDeclaration fixture = generationContext.TestClass;
        ReplaceFixtureAttribute(fixture.CustomAttributes);
        AddPeer(fixture);
    }

    private static void ReplaceFixtureAttribute(CodeAttributeDeclarationCollection attributes)
    {
        CodeAttributeDeclaration plain = attributes.Cast<CodeAttributeDeclaration>().Single(attribute => attribute.Name == Fixture);
        attributes.Remove(plain);
        attributes.Add(new CodeAttributeDeclaration(
            FixtureSource,
            new CodeAttributeArgument(new CodeTypeOfExpression(Global(Matrix))),
            new CodeAttributeArgument(new CodePrimitiveExpression("Peers"))));
    }

    private static void AddPeer(CodeTypeDeclaration fixture)
    {
        fixture.BaseTypes.Add(Global(PeerFixture));
        fixture.Members.Add(new CodeMemberField(typeof(string), "peer"));

        var constructor = new CodeConstructor { Attributes = MemberAttributes.Public };
        constructor.Parameters.Add(new CodeParameterDeclarationExpression(typeof(string), "peer"));
        constructor.Statements.Add(new CodeAssignStatement(
            new CodeFieldReferenceExpression(new CodeThisReferenceExpression(), "peer"),
            new CodeArgumentReferenceExpression("peer")));
        fixture.Members.Add(constructor);

        var property = new CodeMemberProperty
        {
            Name = "Peer",
            Type = new CodeTypeReference(typeof(string)),
            Attributes = MemberAttributes.Public | MemberAttributes.Final,
            HasGet = true,
            HasSet = false,
        };
        property.GetStatements.Add(new CodeMethodReturnStatement(
            new CodeFieldReferenceExpression(new CodeThisReferenceExpression(), "peer")));
        fixture.Members.Add(property);
    }

    private static CodeTypeReference Global(string type) => new(type, CodeTypeReferenceOptions.GlobalReference);
}
