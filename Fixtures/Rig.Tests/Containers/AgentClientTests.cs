// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Tests.StrongSwan;

namespace Ipsec.Fixtures.Rig.Tests.Containers;

/// <summary>Answers of the command agent.</summary>
[TestFixture]
public sealed class AgentClientTests
{
    [TestCase("exit 0\n", 0, "")]
    [TestCase("a\nb\nexit 1\n", 1, "a\nb\n")]
    [TestCase("exit 1\nexit 12\n", 12, "exit 1\n")]
    public void TheLastLineIsTheStatus(string answer, int status, string text) => AgentClient.Parse(answer).Should().Be(new AgentReply(status, text));

    [TestCase("")]
    [TestCase("a\nb\n")]
    [TestCase("exit \n")]
    [TestCase("exit 0\nmore\n")]
    public void AnAnswerThatWasCutOffIsNone(string answer) => AgentClient.Parse(answer).Should().BeNull();

    /// <summary>Step bindings run in a synchronization context that ends with the step, and pings outlive their step.</summary>
    [Test]
    public void TheAnswerComesThoughTheCallersContextHasEnded()
    {
        using var agent = new TcpListener(IPAddress.Loopback, 0);
        agent.Start();
        using var context = new PumpedContext();
        Task<AgentReply> answer = context.Run(() => new AgentClient(IPAddress.Loopback, (IPEndPoint)agent.LocalEndpoint).StartAsync("ping", CancellationToken.None));

        using (var connection = agent.AcceptSocket())
        {
            connection.Receive(new byte[16]).Should().Be("ping\n".Length);
            connection.Send("1 received\nexit 0\n"u8);
        }

        answer.Wait(RealPeer.Soon).Should().BeTrue();
        answer.Result.Should().Be(new AgentReply(0, "1 received\n"));
    }

    private sealed class PumpedContext : SynchronizationContext, IDisposable
    {
        private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = [];

        public override void Post(SendOrPostCallback d, object? state) => _posted.Add((d, state));

        public T Run<T>(Func<Task<T>> function)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                var task = function();
                while (!task.IsCompleted)
                {
                    if (_posted.TryTake(out var work, millisecondsTimeout: 20))
                    {
                        work.Callback(work.State);
                    }
                }

                return task.GetAwaiter().GetResult();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }

        public void Dispose() => _posted.Dispose();
    }
}
