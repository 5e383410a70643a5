// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Policy;

/// <summary>Refuses a policy that could never work, before anything is sent.</summary>
public static class PolicyCheck
{
    /// <summary>Checks the policies of one endpoint.</summary>
    /// <param name="connections">The policies.</param>
    /// <returns>All problems; empty when there are none.</returns>
    public static IReadOnlyList<PolicyError> Check(IReadOnlyList<ConnectionPolicy> connections)
    {
        var errors = new List<PolicyError>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < connections.Count; i++)
        {
            var path = $"connections[{i}]";
            var connection = connections[i];
            if (!names.Add(connection.Name))
            {
                errors.Add(new($"{path}.name", $"\"{connection.Name}\" is used twice; names must be unique"));
            }

            if (connection.PreSharedKey.IsEmpty)
            {
                errors.Add(new($"{path}.preSharedKey", "is empty; at least one byte is needed"));
            }

            CheckPhase1(connection, path, errors);
            CheckChildren(connection, path, errors);
        }

        return errors;
    }

    private static void CheckPhase1(ConnectionPolicy connection, string path, List<PolicyError> errors)
    {
        if (connection.Phase1.IsDefaultOrEmpty)
        {
            errors.Add(new($"{path}.phase1", "is empty; at least one suite is needed"));
            return;
        }

        for (var i = 0; i < connection.Phase1.Length; i++)
        {
            if (connection.Phase1[i].LifetimeSeconds == 0)
            {
                errors.Add(new($"{path}.phase1[{i}].lifetimeSeconds", "is 0; no IKE SA can live that long"));
            }

            var encryption = connection.Phase1[i].Encryption;
            if (encryption.IkeV1Phase1Id is null)
            {
                errors.Add(new($"{path}.phase1[{i}].encryption", $"{encryption.Name} has no IKEv1 phase 1 number (RFC 2409 appendix A)"));
            }
        }
    }

    private static void CheckChildren(ConnectionPolicy connection, string path, List<PolicyError> errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < connection.Children.Length; i++)
        {
            var child = connection.Children[i];
            if (!names.Add(child.Name))
            {
                errors.Add(new($"{path}.children[{i}].name", $"\"{child.Name}\" is used twice; names must be unique within a connection"));
            }

            if (child.LifetimeSeconds == 0)
            {
                errors.Add(new($"{path}.children[{i}].lifetimeSeconds", "is 0; no SA can live that long"));
            }

            if (child.Suites.IsDefaultOrEmpty)
            {
                errors.Add(new($"{path}.children[{i}].suites", "is empty; at least one suite is needed"));
                continue;
            }

            for (var k = 0; k < child.Suites.Length; k++)
            {
                var (encryption, integrity) = child.Suites[k];
                var field = $"{path}.children[{i}].suites[{k}]";
                if (encryption.IkeV1EspId is null)
                {
                    errors.Add(new($"{field}.encryption", $"{encryption.Name} has no ESP transform number (RFC 2407 section 4.4.4)"));
                }

                if (encryption.IsAead && integrity is not null)
                {
                    errors.Add(new($"{field}.integrity", $"{encryption.Name} brings its own integrity; {integrity.Name} must be left out"));
                }
                else if (!encryption.IsAead && integrity is null)
                {
                    errors.Add(new($"{field}.integrity", $"{encryption.Name} needs an integrity algorithm"));
                }
            }
        }
    }
}
