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
