@esp @tunnel-mode @nat-traversal
Feature: ESP in UDP behind a NAT
  Who sits behind a NAT keeps its mapping alive with single octets of 0xFF when there is nothing else to send (RFC 3948
  sections 2.3 and 4). Twenty seconds of silence are usual, so this takes its time against a peer on a real network.

  Background:
    Given west and east share a pre-shared key

  @id:ESP-NAT-001 @must @judges:peer @responder @clause:RFC3948-2.3-01 @clause:RFC3948-4-02
  Scenario: A keepalive breaks the silence
    Given both sides look for NATs, and a NAT is in front of east
    When west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    When nobody has anything to say for up to 40 seconds
    Then east sends a keepalive, one octet of 0xFF between the ports of its IKE messages
