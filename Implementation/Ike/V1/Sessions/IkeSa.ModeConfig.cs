// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.Transactions;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Sessions;

/// <content>Mode config: draft-dukes-ike-mode-cfg-02.</content>
internal sealed partial class IkeSa
{
    private IAfterPhase1? _modeConfigStep;
    private DateTimeOffset? _configurationDue;

    /// <summary>What this end was given; null before.</summary>
    public AssignedConfiguration? Configuration { get; private set; }

    /// <summary>Under which name the peer holds addresses of ours; null while it holds none.</summary>
    public string? LeaseOwner { get; private set; }

    private string PeerName => (Description.PeerIdentity as object ?? Policy.RemoteIdentity).ToString()!;

    private ModeConfigPolicy? ServedConfiguration => Policy.ModeConfig is { IsClient: false } served ? served : null;

    /// <summary>Begins mode config, where the policy wants it before quick mode.</summary>
    /// <returns>Whether there is nothing to wait for.</returns>
    public bool BeginModeConfig(IAfterPhase1 step, DateTimeOffset now, List<IkeEffect> effects)
    {
        _modeConfigStep = step;
        switch (Policy.ModeConfig?.Role)
        {
            case ModeConfigRole.PullingClient:
                RequestConfiguration(Policy.ModeConfig.Requested, now, effects);
                return false;
            case ModeConfigRole.PushedClient when Configuration is null:
                _configurationDue = now + _services.Limits.Patience;
                return false;
            case ModeConfigRole.PushingServer:
                PushConfiguration(now, effects);
                return false;
            default:
                return true;
        }
    }

    /// <summary>Sends a REQUEST.</summary>
    public void RequestConfiguration(ImmutableArray<ConfigurationAttribute> asked, DateTimeOffset now, List<IkeEffect> effects)
    {
        var request = ConfigurationClient.Request(NewIdentifier(), asked, Policy.ModeConfig?.WantedAddress);
        StartTransaction(request, OnReply, OnConfigurationFailed, now, effects);

        Rejection? OnReply(AttributesPayload reply, DateTimeOffset at, List<IkeEffect> then)
        {
            var configuration = ConfigurationReader.Read(reply);
            if (ConfigurationClient.LacksAddress(asked, configuration.Addresses))
            {
                OnConfigurationFailed("the peer gave no address", at, then);
            }
            else
            {
                Use(configuration, at, then);
            }

            return null;
        }
    }

    /// <summary>Sends a SET, where this end has a configuration to give.</summary>
    public void PushConfiguration(DateTimeOffset now, List<IkeEffect> effects)
    {
        if (ServedConfiguration is not { } policy)
        {
            return;
        }

        var set = ConfigurationServer.Set(NewIdentifier(), policy, Lease);
        StartTransaction(set, OnAcknowledged, (_, at, then) => EndStep(_modeConfigStep, at, then), now, effects);

        Rejection? OnAcknowledged(AttributesPayload acknowledgement, DateTimeOffset at, List<IkeEffect> then)
        {
            // Only what comes back was accepted (draft section 2).
            var accepted = acknowledgement.Attributes.Select(a => a.Type).ToHashSet();
            ReportGiven(set with { Attributes = [.. set.Attributes.Where(a => accepted.Contains(a.Type))] }, then);
            EndStep(_modeConfigStep, at, then);
            return null;
        }
    }

    /// <summary>Frees the addresses of a peer that has no other IKE SA.</summary>
    public void ReleaseConfiguration(List<IkeEffect> effects)
    {
        if (LeaseOwner is { } owner && _services.Leases.Release(owner) is { IsEmpty: false } released)
        {
            effects.Add(new ConfigurationReleased(Description, released));
        }
    }

    private IPAddress? Lease(AddressFamily family, IPAddress? wanted)
    {
        LeaseOwner ??= $"{Policy.Name}/{_user ?? PeerName}";
        return _services.Leases.Lease(LeaseOwner, ServedConfiguration!.Pools, family, wanted);
    }

    private TransactionAnswer AnswerConfiguration(AttributesPayload attributes)
    {
        if (attributes.MessageType == (byte)ConfigurationMessageType.Request)
        {
            var reply = ConfigurationServer.Reply(attributes, ServedConfiguration ?? VersionOnly, ServedConfiguration is null ? NoLease : Lease);
            return new(reply, (_, effects) => ReportGiven(reply, effects));
        }

        var acknowledgement = ConfigurationClient.Acknowledge(attributes, Policy.ModeConfig?.IsClient == true);
        return acknowledgement.Attributes.IsEmpty
            ? new(acknowledgement)
            : new(acknowledgement, (now, effects) => Use(ConfigurationReader.Read(attributes), now, effects));
    }

    /// <summary>A client gives nothing but its version (draft section 5.2).</summary>
    private ModeConfigPolicy? VersionOnly => Policy.ModeConfig is { } client
        ? new() { Role = ModeConfigRole.AnsweringServer, ApplicationVersion = client.ApplicationVersion }
        : null;

    private static IPAddress? NoLease(AddressFamily family, IPAddress? wanted) => null;

    private void ReportGiven(AttributesPayload given, List<IkeEffect> effects)
    {
        if (!given.Attributes.IsEmpty)
        {
            effects.Add(new ConfigurationAssigned(Description, true, ConfigurationReader.Read(given)));
        }
    }

    private void Use(AssignedConfiguration configuration, DateTimeOffset now, List<IkeEffect> effects)
    {
        _configurationDue = null;
        Configuration = configuration;
        effects.Add(new ConfigurationAssigned(Description, false, configuration));
        EndStep(_modeConfigStep, now, effects);
    }

    /// <summary>A client that was to have an address and has none can protect nothing.</summary>
    private void OnConfigurationFailed(string reason, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (!IsReady)
        {
            Dismiss($"mode config failed: {reason}", effects);
        }
    }

    private void OnConfigurationTime(DateTimeOffset now, List<IkeEffect> effects)
    {
        if (!IsClosed && _configurationDue <= now)
        {
            _configurationDue = null;
            effects.Add(new ExchangeFailed(Description, ExchangeType.Transaction, 0, "no configuration came"));
            OnConfigurationFailed("no configuration came", now, effects);
        }
    }
}
