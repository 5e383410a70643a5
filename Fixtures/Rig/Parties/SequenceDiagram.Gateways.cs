// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;

namespace Ipsec.Fixtures.Rig.Parties;

/// <content>The gateway processes, and what is kept of them.</content>
public sealed partial class SequenceDiagram
{
    private static string NameOf(Side side) => side == Side.West ? "west" : "east";

    private string Socket(Side side) => Path.Combine(_folder, $"{NameOf(side)}.sock");

    private void Start(Side side, NetworkNamespace network, PeerPolicy policy, string start)
    {
        var (own, other) = (ScenePolicy.WestIdentity(policy.Name), ScenePolicy.EastIdentity(policy.Name));
        var (local, remote) = side == Side.West ? (own, other) : (other, own);
        var child = policy.Children[0];
        var mode = _isTunnel ? $"mode: tunnel\n        local: {child.Local}\n        remote: {child.Remote}" : "mode: transport";
        var text = $"""
            name: {NameOf(side)}
            control: {Socket(side)}
            device:
              name: {Entry}
            connections:
              - name: other
                local: {policy.Address}
                remote: {policy.RemoteAddress}
                local-id: {local}
                remote-id: {remote}
                psk: {policy.PreSharedKey}
                proposals: AES-CBC-128 / HMAC-SHA2-256 / ECP-256
                nat-traversal: off
                children:
                  - name: {child.Name}
                    {mode}
                    suites: ESP AES-GCM-16-128
                    start: {start}
            """.ReplaceLineEndings("\n");
        var file = Path.Combine(_folder, $"{NameOf(side)}.yaml");
        File.WriteAllText(file, text);
        _gateways.Add((NameOf(side), text, new GatewayProcess(network, file)));
    }

    private async ValueTask KeepEvidenceAsync(ScenarioOutcome outcome)
    {
        if (!run.KeepsEvidence(outcome) || _captures.Count == 0)
        {
            return;
        }

        using (var writer = run.Evidence.StartCapture($"{_captures[0].Place}"))
        {
            foreach (var (place, capture) in _captures)
            {
                var number = place == _captures[0].Place ? 0 : writer.AddInterface($"{place}");
                foreach (var frame in capture.Frames)
                {
                    writer.Write(frame.Bytes.Span, frame.Time, frame.Step, number);
                }
            }
        }

        var east = _peer?.East;
        run.Evidence.Write(new EvidenceContent
        {
            Trace = new Trace(run.Identity.Id, run.Identity.Peer, []),
            PeerLog = string.Concat(_gateways.Select(gateway => gateway.Process.Log)) + (east is null ? "" : await east.ReadLogAsync()),
            PeerConfiguration = [.. _gateways.Select(gateway => ($"{gateway.Name}.yaml", gateway.Config)), .. east?.RenderedConfiguration ?? []],
        });
    }
}
