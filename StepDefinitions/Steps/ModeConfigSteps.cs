// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike.Effects;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.V1;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>Mode config: a gateway gives a host an inner address.</summary>
[Binding]
public sealed class ModeConfigSteps(Scene scene, Claims claims)
{
    [Given("(west|east) gets its inner address and a name server from the other side, (when it asks|without asking)")]
    public void GivenAddress(Side client, string how)
    {
        var isPush = how == "without asking";
        scene.Policy = With(scene.Policy);
        scene.ControlPolicy = With(scene.ControlPolicy);

        ScenePolicy With(ScenePolicy policy) => policy with
        {
            West = policy.West with { ModeConfig = Part(client == Side.West) },
            East = policy.East with { ModeConfig = Part(client == Side.East) },
        };

        ModeConfigChoice Part(bool isClient) => new(IsServer: !isClient, isPush, HasDns: !isClient);
    }

    [When("west asks for the attributes? (\\d+(?:, \\d+)*)")]
    public void WhenAsked(string numbers) => scene.AskForConfiguration(Attributes(numbers));

    [When("west asks for the attributes? (\\d+) under a wrong HASH")]
    public void WhenAskedWrongly(string number) => scene.AskForConfiguration(Attributes(number), hashIsWrong: true);

    [Then("east answers (\\d) REQUESTs? with a REPLY each")]
    public void ThenAnswered(int count)
    {
        scene.WaitUntil(() => Replies().Count >= count);
        claims.Hold(Replies().Count == count, $"{count} REPLY messages from east", () => $"{Replies().Count}");
        claims.Hold(TransactionOracle.AnswersHaveTheirIdentifier(scene.Messages.Where(message => message.Header.MessageId != scene.WrongTransaction)));
    }

    [Then("the REQUEST under a wrong HASH is not answered")]
    public void ThenWrongIgnored()
    {
        var id = scene.WrongTransaction;
        claims.Hold(scene.Messages.Any(message => message.Header.MessageId == id), "the REQUEST on the wire", () => "none");
        var answer = scene.Messages.FirstOrDefault(message => message.From == "east" && message.Header.MessageId == id);
        claims.Hold(answer is null, $"silence under message ID {id:x8}", () => $"frame {answer!.Number}: {MessageOracle.Text(answer)}");
    }

    [Then("the (REPLY|SET) gives (west|east) the address that the policy has for it")]
    public async Task ThenGiven(string message, Side client)
    {
        var address = scene.HostOf(client);
        var type = message == "SET" ? ConfigurationMessageType.Set : ConfigurationMessageType.Reply;
        claims.Hold(TransactionOracle.Value(scene.Messages, type, ConfigurationAttribute.InternalIp4Address, address.GetAddressBytes()));
        claims.Hold(
            scene.WaitUntil(() => scene.Bed.WestWitness.Saw<ConfigurationAssigned>().Any(assigned => assigned.Configuration.Addresses.Contains(address))),
            $"{address} known to west",
            () => scene.LastEvents);
        var east = await scene.WaitForEastAsync(sas => sas.IkeSas.Any(sa => sa.AssignedAddresses.Contains(address)));
        claims.Hold(
            east.Shows(sas => sas.IkeSas.Any(sa => sa.AssignedAddresses.Contains(address))),
            $"{address} in east's list",
            () => string.Join(", ", east.IkeSas.SelectMany(sa => sa.AssignedAddresses)));
    }

    [Then("no attribute of a REPLY is without value")]
    public void ThenValues() => claims.Hold(TransactionOracle.NoEmptyValueInReply(scene.Messages));

    private static ImmutableArray<ConfigurationAttribute> Attributes(string numbers) =>
        [.. numbers.Split(", ").Select(number => (ConfigurationAttribute)ushort.Parse(number, CultureInfo.InvariantCulture))];

    private List<ObservedIke> Replies() => [.. scene.Messages.Where(message =>
        message.From == "east" && message.Message?.Find<AttributesPayload>() is { MessageType: (byte)ConfigurationMessageType.Reply })];
}
