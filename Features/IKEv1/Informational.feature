@ikev1
Feature: Informational exchanges
  What one side has to tell the other outside of a negotiation goes in an informational exchange of one message. Once there
  are keys it is protected, and what comes in clear is not believed (RFC 2408 section 4.8, RFC 2409 section 5.7).

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-INF-001 @must @judges:both @phase2 @responder @negative @clause:RFC2408-3.14-01
  Scenario: An error notification has DOI, protocol, SPI, type and data in this order
    Given west uses AES-CBC-256 and HMAC-SHA2-256-128 for ESP
    When west starts quick mode
    Then east notifies the other side of NO-PROPOSAL-CHOSEN, under the IKE SA
    And every notification from east names a DOI, a protocol, an SPI of its size and a type

  @id:IKE1-INF-002 @must @judges:both @phase2 @responder @negative @clause:RFC2408-4.8-01
  Scenario Outline: <what> in clear has no effect
    Given a tunnel between the networks behind west and east
    When <what> crosses the wire in clear under the live cookies
    And west starts another quick mode for other networks
    Then both sides hold two pairs of ESP SAs with matching SPIs
    And both sides hold one established IKE SA with the same cookies

    Examples: notifications
      | what               |
      | NO-PROPOSAL-CHOSEN |
      | INVALID-COOKIE     |
      | INITIAL-CONTACT    |

  @id:IKE1-INF-003 @must @judges:both @phase2 @clause:RFC2409-4-02
  Scenario Outline: The cookies keep their order when who answered phase 1 starts later exchanges
    When <first> starts phase 1 in main mode
    And phase 1 is established
    And <second> starts quick mode
    And both sides hold one pair of ESP SAs with matching SPIs
    And <second> deletes the pair of ESP SAs
    Then <second> sends one Delete for ESP under the IKE SA, with the SPI on which it received
    And the cookies of the later exchanges are in the order of phase 1
    And both sides hold one established IKE SA with the same cookies

    @responder
    Examples: the peer answered phase 1
      | first | second |
      | west  | east   |

    @initiator
    Examples: the peer started phase 1
      | first | second |
      | east  | west   |

  @id:IKE1-INF-004 @must @judges:both @initiator @clause:RFC2407-4.6.3.3-01 @clause:RFC2407-4.6.3.3-02 @clause:RFC2407-4.6.3-01
  Scenario: INITIAL-CONTACT names the IKE SA, under its protection
    Given both sides say when they know of no other SA
    When east starts phase 1 in main mode
    Then phase 1 is established
    And east's INITIAL-CONTACT names the DOI, the protocol and both cookies
    And east's INITIAL-CONTACT has no data
    And status notifications from east are protected by the IKE SA

  @id:IKE1-INF-005 @may @judges:both @phase2 @clause:RFC2407-4.6.3.3-03
  Scenario Outline: After INITIAL-CONTACT nothing is left of what its sender does not know
    Given both sides say when they know of no other SA
    And a tunnel between the networks behind west and east
    When <side> loses its SAs without a word
    And <side> starts quick mode
    Then a new pair of ESP SAs comes about
    And both sides hold one pair of ESP SAs with matching SPIs
    And both sides hold one established IKE SA with the same cookies

    @responder
    Examples: the peer is told
      | side |
      | west |

    @initiator
    Examples: the peer tells
      | side |
      | east |

  @id:IKE1-INF-006 @should @judges:both @phase2 @clause:RFC2409-10-01
  Scenario Outline: Garbage in place of <mode> mode message <message> does not move the IV
    Given <mode> mode message <message> is lost once
    When <initiator> starts quick mode
    And garbage is sent in place of the message that was lost
    Then both sides hold one pair of ESP SAs with matching SPIs

    @responder
    Examples: the peer responds
      | initiator | mode  | message |
      | west      | main  | 5       |
      | west      | quick | 3       |

    @initiator
    Examples: the peer initiates
      | initiator | mode  | message |
      | east      | main  | 6       |
      | east      | quick | 2       |

  @id:IKE1-INF-007 @may @judges:both @responder @phase2 @clause:RFC2408-5.2-01
  Scenario: Cookies that nobody knows are at most answered with INVALID-COOKIE, in clear
    Given a tunnel between the networks behind west and east
    When an encrypted message crosses the wire under cookies that nobody knows
    And west starts another quick mode for other networks
    Then both sides hold two pairs of ESP SAs with matching SPIs
    And east answers cookies that nobody knows with nothing, or with INVALID-COOKIE in clear

  @id:IKE1-INF-008 @should @judges:both @responder @phase2 @negative @clause:RFC2408-5.14-01
  Scenario: An error is notified in an exchange of its own
    Given west uses AES-CBC-256 and HMAC-SHA2-256-128 for ESP
    When west starts quick mode
    Then east notifies the other side of NO-PROPOSAL-CHOSEN, under the IKE SA
    And every error from east stands in an informational exchange of its own
