@ikev1
Feature: Lifetimes
  The initiator offers how long an SA may live; the responder takes the offer as it is, and may tell that it will give the SA
  up earlier (RFC 2407 sections 4.5 and 4.5.4, RFC 2409 section 5).

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-LIFE-001 @must @judges:both @phase1 @main-mode @clause:RFC2409-5-11 @clause:RFC2407-4.5.1-01
  Scenario Outline: The lifetimes of both phases are offered and returned as they are
    Given IKE SAs live for 5400 seconds and ESP SAs for 1200
    When <initiator> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And every phase 1 transform names a life of 5400 seconds
    And every quick mode transform names a life of 1200 seconds
    And message 2 holds one transform of message 1, its attributes unchanged
    And quick mode message 2 holds one transform of message 1, its attributes unchanged

    @responder
    Examples: the peer returns them
      | initiator |
      | west      |

    @initiator
    Examples: the peer offers them
      | initiator |
      | east      |

  @id:IKE1-LIFE-002 @must @judges:both @phase2 @quick-mode @responder @clause:RFC2409-5-11
  Scenario: A longer life than the responder's own is returned unchanged all the same
    Given ESP SAs of east live for 600 seconds
    When west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And quick mode message 2 holds one transform of message 1, its attributes unchanged

  @id:IKE1-LIFE-003 @should @judges:both @phase2 @quick-mode @responder @clause:RFC2407-4.5.4-01 @clause:RFC2407-4.6.3.1-01
  Scenario: A responder with a shorter life tells it by RESPONDER-LIFETIME, or keeps to it in silence
    Given ESP SAs of east live for 600 seconds
    When west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And east tells by RESPONDER-LIFETIME that its ESP SAs live for 600 seconds, or gives them up by then in silence
