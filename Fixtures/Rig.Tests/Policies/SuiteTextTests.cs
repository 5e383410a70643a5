// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Scenes;

namespace Ipsec.Fixtures.Rig.Tests.Policies;

/// <summary>Suites of phase 2 as scenarios write them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SuiteTextTests
{
    [TestCase("AES-GCM-16-128", "AES-GCM-16-128")]
    [TestCase("AES-CBC-128 and HMAC-SHA2-256-128", "AES-CBC-128 / HMAC-SHA2-256-128")]
    [TestCase("AH HMAC-SHA1-96", "AH HMAC-SHA1-96")]
    [TestCase("AH HMAC-SHA1-96 around NULL and HMAC-MD5-96", "AH HMAC-SHA1-96 and ESP NULL / HMAC-MD5-96")]
    [TestCase("AH HMAC-SHA1-96 around AES-GCM-8-256 with ESN", "AH HMAC-SHA1-96 and ESP AES-GCM-8-256 / ESN")]
    [TestCase("AES-GCM-16-128 with ESN", "AES-GCM-16-128 / ESN")]
    [TestCase("AH AES-XCBC-96 with ESN", "AH AES-XCBC-96 / ESN")]
    public void WhatIsWrittenIsMeant(string text, string suite) => SidePolicy.IpsecSuite(text).ToString().Should().Be(suite);

    [TestCase("AH AES-CBC-128")]
    [TestCase("AH HMAC-SHA1-96 around AH HMAC-SHA1-96")]
    [TestCase("AH HMAC-SHA1-96 around NULL and HMAC-SHA1-96 around NULL and HMAC-SHA1-96")]
    [TestCase("AES-GCM-16-128 with")]
    [TestCase("")]
    public void AnythingElseIsRefused(string text) => FluentActions.Invoking(() => SidePolicy.IpsecSuite(text)).Should().Throw<ArgumentException>();
}
