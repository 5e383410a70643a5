// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Fragmentation;
using Ipsec.Ike.V1.Policy;

namespace Ipsec.Ike.V1.Sessions;

/// <content>Messages that are too large for one datagram.</content>
internal sealed partial class IkeSa
{
    private FragmentReassembler? _fragments;

    /// <summary>Where this SA's fragments wait for each other.</summary>
    public FragmentReassembler Fragments => _fragments ??= new(_services.Limits, _services.Limits.FragmentedMessages);

    private bool SendsFragments => Policy.Fragmentation.Mode switch
    {
        FragmentationMode.Yes => _announced.PeerReassembles,
        FragmentationMode.Force => true,
        _ => false,
    };

    private void EmitDatagrams(ReadOnlyMemory<byte> message, List<IkeEffect> effects)
    {
        var datagrams = SendsFragments
            ? FragmentSplitter.Split(message, Exchange, Policy.Fragmentation.MaximumDatagram)
            : [message];
        effects.AddRange(datagrams.Select(datagram => new SendDatagram(_local, _remote, datagram)));
    }
}
