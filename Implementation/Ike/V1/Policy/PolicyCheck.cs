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

            Phase1PolicyCheck.Check(connection, path, errors);
            ChildPolicyCheck.Check(connection, path, errors);
            errors.AddRange(ExchangePolicyCheck.Check(connection, path));
        }

        return errors;
    }
}
