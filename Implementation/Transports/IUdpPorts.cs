// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Transports;

/// <summary>
/// A transport that can take further UDP ports into use: whoever stands in for a NAT needs one for each mapping. A port stays in use
/// until the transport ends.
/// </summary>
public interface IUdpPorts
{
    /// <summary>Receives on a port from now on, and can send from it. Nothing happens when it is in use already.</summary>
    /// <param name="port">The port of <see cref="ITransport.Address"/>.</param>
    void Open(int port);
}
