@ikev1 @nat
Feature: Clients behind a NAT
  Behind one address there may be many clients, and the address and port of a client may change. What a side keeps of a client
  therefore hangs on identities and cookies, never on addresses (RFC 3947 sections 4 and 6).

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-NAT-016 @must @responder @judges:both @phase2 @clause:RFC3947-6-01
  Scenario: INITIAL-CONTACT of one client leaves the SAs of another client behind the same NAT alone
    Given both sides look for NATs, and a NAT is in front of west
    And both sides say when they know of no other SA
    And both sides take any identity that is proved
    And a tunnel between the networks behind west and east
    When west loses its SAs without a word
    And another client behind the same NAT, with an identity of its own, starts phase 1
    Then the other client says INITIAL-CONTACT
    And east holds the IKE SAs of both clients, and the ESP SAs of the first

  @id:IKE1-NAT-017 @should @responder @judges:both @phase2 @main-mode @clause:RFC3947-4-05
  Scenario: Once both sides have moved to port 4500, main mode on port 500 is discarded
    Given both sides look for NATs, and a NAT is in front of west
    When west starts phase 1 in main mode
    Then phase 1 is established
    When main mode message 5 is sent once more, between ports 500
    And west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And east sends no main mode message from then on
