// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;

namespace Ipsec.Ike.Tests;

/// <summary>Policies for phase 2, made from the usual pair.</summary>
internal static class Phase2Policies
{
    public static readonly Phase2Suite Gcm = PolicyPair.Phase2("AES-GCM-16-128", null);
    public static readonly Phase2Suite Cbc = PolicyPair.Phase2("AES-CBC-256", "HMAC-SHA2-256-128");
    public static readonly Phase2Suite Sha1 = PolicyPair.Phase2("AES-CBC-128", "HMAC-SHA1-96");
    public static readonly Phase2Suite Ah = Phase2Suite.Ah(Integrity("HMAC-SHA2-256-128"));
    public static readonly Phase2Suite Bundle = Phase2Suite.AhAndEsp(Integrity("HMAC-SHA1-96"), Cbc);

    public static IntegrityAlgorithm Integrity(string name) => IntegrityAlgorithm.Named(name);

    /// <summary>Changes the first child of both sides alike.</summary>
    public static PolicyPair Both(this PolicyPair pair, Func<ChildPolicy, ChildPolicy> change) => pair.OfWest(change).OfEast(change);

    public static PolicyPair OfWest(this PolicyPair pair, Func<ChildPolicy, ChildPolicy> change) => pair with { West = Changed(pair.West, change) };

    public static PolicyPair OfEast(this PolicyPair pair, Func<ChildPolicy, ChildPolicy> change) => pair with { East = Changed(pair.East, change) };

    /// <summary>Changes both connections alike.</summary>
    public static PolicyPair Connections(this PolicyPair pair, Func<ConnectionPolicy, ConnectionPolicy> change) =>
        pair with { West = change(pair.West), East = change(pair.East) };

    private static ConnectionPolicy Changed(ConnectionPolicy connection, Func<ChildPolicy, ChildPolicy> change) =>
        connection with { Children = connection.Children.SetItem(0, change(connection.Children[0])) };
}
