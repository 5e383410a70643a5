// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Run;

/// <summary>Nothing can be learnt about the peer: its container died, its control exchange failed, or the machine lacks something.</summary>
public class EnvironmentException : Exception
{
    /// <summary>Says what is missing or went wrong.</summary>
    public EnvironmentException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is missing or went wrong, and what it was noticed by.</summary>
    public EnvironmentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
