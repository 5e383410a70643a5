// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Beds;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>One scenario's part of a daemon in a container. Disposing takes everything of the scenario out of the daemon.</summary>
internal interface IContainerSide : IEastSide, IAsyncDisposable;
