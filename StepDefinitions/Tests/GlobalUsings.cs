// SPDX-License-Identifier: Apache-2.0

global using FluentAssertions;
global using NUnit.Framework;
