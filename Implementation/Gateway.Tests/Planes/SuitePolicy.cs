// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Ipsec.Crypto;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Gateway.Tests.Planes;

/// <summary>The connection of <see cref="TunnelPolicy"/> with another child.</summary>
internal static class SuitePolicy
{
    public static Phase2Suite Gcm { get; } = new(Encryption("AES-GCM-16-128"), null);

    public static Phase2Suite Cbc { get; } = new(Encryption("AES-CBC-128"), Integrity("HMAC-SHA2-256-128"));

    public static Phase2Suite Ah { get; } = Phase2Suite.Ah(Integrity("HMAC-SHA2-256-128"));

    public static Phase2Suite Bundle { get; } = Phase2Suite.AhAndEsp(Integrity("HMAC-SHA1-96"), Cbc);

    public static ConnectionPolicy With(this ConnectionPolicy connection, Func<ChildPolicy, ChildPolicy> change) =>
        connection with { Children = [change(connection.Children[0])] };

    public static ConnectionPolicy With(this ConnectionPolicy connection, Phase2Suite suite) => connection.With(child => child with { Suites = [suite] });

    /// <summary>Protects what the two ends say to each other in place of what is behind them.</summary>
    public static ConnectionPolicy InTransportMode(this ConnectionPolicy connection) => connection.With(child => child with
    {
        Mode = EncapsulationMode.Transport,
        LocalSelector = Address(connection.Local.Address),
        RemoteSelector = Address(connection.Remote.Address),
    });

    private static IdentificationPayload Address(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? IdentificationPayload.Ipv6Address(address)
        : IdentificationPayload.Ipv4Address(address);

    private static EncryptionAlgorithm Encryption(string name) =>
        EncryptionAlgorithm.TryFind(name, out var found) ? found : throw new ArgumentException(name);

    private static IntegrityAlgorithm Integrity(string name) =>
        IntegrityAlgorithm.TryFind(name, out var found) ? found : throw new ArgumentException(name);
}
