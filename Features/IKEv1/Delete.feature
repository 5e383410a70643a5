@ikev1 @esp @phase2
Feature: Deleting SAs
  Whoever gives an SA up tells the other side with a Delete payload in an informational exchange, protected by the IKE SA
  (RFC 2408 sections 3.15 and 5.15). It names the SPI on which its sender received.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-DEL-001 @must @judges:both @clause:RFC2408-5.15-01 @clause:RFC2408-3.15-01 @clause:RFC2408-3.15-02 @clause:RFC2408-4.1-01 @clause:RFC2409-5.7-01 @clause:RFC2409-5.7-02
  Scenario Outline: A Delete removes the pair of SAs on the other side
    Given a tunnel between the networks behind west and east
    When <deleter> deletes the pair of ESP SAs
    Then <deleter> sends one Delete for ESP under the IKE SA, with the SPI on which it received
    And no side holds an ESP SA

    @responder
    Examples: the peer is told
      | deleter |
      | west    |

    @initiator
    Examples: the peer tells
      | deleter |
      | east    |

  @id:IKE1-DEL-002 @must @judges:both @clause:RFC2408-5.15-03 @clause:RFC4303-3.4.2-01
  Scenario: After a Delete nothing passes the old SAs
    Given a tunnel between the networks behind west and east
    And a ping from behind west to behind east was answered
    When an ESP frame with a new echo request is held back
    And west deletes the pair of ESP SAs
    And the frame that was held back is sent once east has no ESP SA
    And the tunnel is set up again
    And a host behind west pings a host behind east 1 time
    Then the bad frame was not answered, and the good one behind it was

  @id:IKE1-DEL-003 @must @judges:both @clause:RFC2408-5.15-01 @clause:RFC2408-3.15-01 @clause:RFC2408-3.15-02
  Scenario Outline: A Delete of the IKE SA ends it, and the ESP SAs that its owner gave up with it
    Given a tunnel between the networks behind west and east
    When <deleter> deletes the IKE SA
    Then <deleter> sends one Delete for the IKE SA under it, with both cookies
    And neither side holds an SA any more

    @responder
    Examples: the peer is told
      | deleter |
      | west    |

    @initiator
    Examples: the peer tells
      | deleter |
      | east    |

  @id:IKE1-DEL-004 @must @judges:both @responder @clause:RFC2408-5.15-03 @clause:RFC2408-5.15-02 @clause:RFC2408-3.15-01
  Scenario: One Delete names several SPIs
    Given a tunnel between the networks behind west and east
    And west starts another quick mode for other networks
    And both sides hold two pairs of ESP SAs with matching SPIs
    When west sends one Delete that names both pairs
    Then east has removed both pairs

  @id:IKE1-DEL-005 @should @judges:both @responder @clause:RFC2408-5.15-02
  Scenario: Who receives a Delete cleans up and can begin anew under the same IKE SA
    Given a tunnel between the networks behind west and east
    When west deletes the pair of ESP SAs
    And no side holds an ESP SA
    And the tunnel is set up again
    Then both sides hold one pair of ESP SAs with matching SPIs
    And both sides hold one established IKE SA with the same cookies

  @id:IKE1-DEL-006 @must @judges:both @responder @negative @clause:RFC2408-5.15-01 @clause:RFC2408-4.8-01
  Scenario Outline: <what> in clear has no effect
    Given a tunnel between the networks behind west and east
    When <what> crosses the wire in clear under the live cookies
    And west starts another quick mode for other networks
    Then both sides hold two pairs of ESP SAs with matching SPIs
    And both sides hold one established IKE SA with the same cookies

    Examples: Deletes
      | what                    |
      | a Delete of the ESP SAs |
      | a Delete of the IKE SA  |

  @id:IKE1-DEL-007 @must @judges:both @initiator @clause:RFC2408-5.15-04
  Scenario: A Delete is sent once
    Given a tunnel between the networks behind west and east
    When east deletes the pair of ESP SAs
    And no side holds an ESP SA
    And quick mode message 1 of the next exchange is lost once
    And east starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And east sent the message that was lost again, and the Delete once only
