// SPDX-License-Identifier: Apache-2.0

using Ipsec.Esp;
using Ipsec.Sa;

namespace Ipsec.Gateway;

/// <content>Where packets and auditable events go.</content>
public sealed partial class SecurityGateway
{
    /// <summary>Shows auditable events to the observers.</summary>
    private sealed class AuditSink(SecurityGateway gateway) : IAuditSink
    {
        public void Record(in AuditEvent auditEvent, long suppressed)
        {
            if (!gateway.IsAuditing || gateway._observers.Count == 0)
            {
                return;
            }

            var sa = Find(auditEvent);
            var record = new AuditRecord(auditEvent, sa?.Name, sa?.Selectors, suppressed);
            if (gateway.HasPacketThreads)
            {
                gateway._loop.Post(() => Show(record));
            }
            else
            {
                Show(record);
            }
        }

        private void Show(AuditRecord record) => gateway._observers.ForEach(observer => observer.OnAudited(record));

        private SaParameters? Find(in AuditEvent auditEvent)
        {
            var plane = gateway.DataPlane;
            if (plane.Inbound.TryFind(auditEvent.Spi, auditEvent.Protocol, auditEvent.Destination, out var inbound))
            {
                return inbound.Parameters;
            }

            return plane.Outbound.TryFind(auditEvent.Spi, auditEvent.Protocol, auditEvent.Destination, out var outbound) ? outbound.Parameters : null;
        }
    }

    /// <summary>To the network.</summary>
    private sealed class OuterSink(SecurityGateway gateway) : IPacketSink
    {
        public void Send(ReadOnlySpan<byte> packet) => gateway.Transport.SendPacket(packet);
    }

    /// <summary>To the hosts behind the gateway.</summary>
    private sealed class InnerSink(SecurityGateway gateway) : IPacketSink
    {
        public void Send(ReadOnlySpan<byte> packet) => gateway._inner.Deliver(packet, gateway._reply);
    }
}
