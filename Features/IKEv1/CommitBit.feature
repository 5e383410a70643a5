@ikev1 @esp @phase2 @quick-mode @commit-bit
Feature: The commit bit of quick mode
  A side that needs time to put its SAs in place sets the commit bit. The other one then waits: what it protects before it
  has heard CONNECTED, an informational message under the message ID of the quick mode, could be lost (RFC 2408 section 3.1).

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-COMMIT-001 @must @judges:peer @clause:RFC2408-3.1-06
  Scenario Outline: Who has not set the commit bit waits for CONNECTED
    Given west sets the commit bit in quick mode
    And west's first CONNECTED is lost
    When <initiator> starts quick mode
    And a host behind east has something to send as soon as quick mode is over
    Then east protects nothing before west's CONNECTED
    And both sides hold one pair of ESP SAs with matching SPIs
    And a ping from behind west to behind east is answered

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |

  @id:IKE1-COMMIT-002 @must @judges:both @clause:RFC2408-3.1-06
  Scenario Outline: Who has set the commit bit says CONNECTED
    Given east sets the commit bit in quick mode
    When <initiator> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And every quick mode message from east has the commit bit, and no other message
    And east says CONNECTED once, under the message ID of the quick mode
    And a ping from behind west to behind east is answered

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |
