@ikev1 @dpd
Feature: Dead peer detection
  Who has heard nothing from the other side for a while may ask whether it still lives, and who announced that it can
  answers (RFC 3706). Questions and answers are numbered, so that an old answer proves nothing.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-DPD-001 @must @judges:both @clause:RFC3706-5.1-01
  Scenario Outline: Dead peer detection is announced by its vendor ID
    When <initiator> starts phase 1 in main mode
    Then phase 1 is established
    And east announces dead peer detection

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |

  @id:IKE1-DPD-002 @must @judges:both @esp @timer @clause:RFC3706-5.1-01
  Scenario Outline: Without the other side's vendor ID nobody asks
    Given east asks after 1 second of silence and gives up after 4
    And ESP SAs of east live for 8 seconds and are replaced after 3
    And west does not announce dead peer detection
    When <initiator> starts quick mode
    Then a second quick mode gives a new pair of ESP SAs under the same IKE SA
    And east has not asked whether west lives

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |

  @id:IKE1-DPD-003 @must @judges:both @clause:RFC3706-5.2-01 @clause:RFC3706-6.1-01 @clause:RFC3706-5.3-01
  Scenario Outline: R-U-THERE is acknowledged with its number
    When <initiator> starts phase 1 in main mode
    And phase 1 is established
    And west asks whether east lives, with number 1000
    And west asks whether east lives, with number 1001
    And west asks whether east lives, with number 1002
    Then east acknowledges 1000, 1001, 1002 and nothing else
    And every R-U-THERE and R-U-THERE-ACK of east names the IKE SA and has a number of 4 octets
    And status notifications from east are protected by the IKE SA

    @responder
    Examples: the peer responded in phase 1
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiated phase 1
      | initiator |
      | east      |

  @id:IKE1-DPD-004 @must @judges:both @responder @negative @clause:RFC3706-5.2-02
  Scenario: R-U-THERE in clear is not answered
    When west starts phase 1 in main mode
    And phase 1 is established
    And west asks whether east lives, with number 1000
    And west asks whether east lives, with number 1001 in clear
    And west asks whether east lives, with number 1001
    Then east acknowledges 1000, 1001 and nothing else
    And both sides hold one established IKE SA with the same cookies

  @id:IKE1-DPD-005 @should @judges:both @responder @negative @clause:RFC3706-6.1-03
  Scenario: R-U-THERE that names another IKE SA is not answered
    When west starts phase 1 in main mode
    And phase 1 is established
    And west asks whether east lives, with number 1000
    And west asks whether east lives, with number 1001 and another cookie
    And west asks whether east lives, with number 1001
    Then east acknowledges 1000, 1001 and nothing else

  @id:IKE1-DPD-006 @should @judges:both @responder @negative @clause:RFC3706-6.2-02
  Scenario: R-U-THERE with a number of the past is not answered
    When west starts phase 1 in main mode
    And phase 1 is established
    And west asks whether east lives, with number 1000
    And west asks whether east lives, with number 1001
    And west asks whether east lives, with number 900 of the past
    And west asks whether east lives, with number 1002
    Then east acknowledges 1000, 1001, 1002 and nothing else

  @id:IKE1-DPD-007 @must @judges:both @esp @timer @clause:RFC3706-6.2-01 @clause:RFC3706-5.3-01
  Scenario Outline: Questions count up by one from a number below 2 to the 31st
    Given east asks after 1 second of silence and gives up after 10
    When <initiator> starts quick mode
    And both sides hold one pair of ESP SAs with matching SPIs
    And east has asked 2 questions
    Then the first question's number has its high bit zero, and each later one is larger by one
    And every R-U-THERE and R-U-THERE-ACK of east names the IKE SA and has a number of 4 octets

    @responder
    Examples: the peer responded in phase 1
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiated phase 1
      | initiator |
      | east      |

  @id:IKE1-DPD-008 @should @judges:both @esp @responder @timer @clause:RFC3706-5.4-02
  Scenario: Who does not answer is asked again, and then its SAs are removed
    Given east asks after 1 second of silence and gives up after 4
    And no informational exchange reaches west
    When west starts quick mode
    And both sides hold one pair of ESP SAs with matching SPIs
    Then east asks at least twice and then removes its SAs

  @id:IKE1-DPD-009 @should @judges:both @esp @responder @timer @clause:RFC3706-6.1-02
  Scenario: An acknowledgement with another number proves nothing
    Given east asks after 1 second of silence and gives up after 4
    And no informational exchange reaches west
    When west starts quick mode
    And both sides hold one pair of ESP SAs with matching SPIs
    And every question of east is acknowledged with a number that is one too high
    Then east asks at least twice and then removes its SAs

  @id:IKE1-DPD-010 @should @judges:both @esp @responder @timer @clause:RFC3706-5.4-01
  Scenario: Nobody asks while traffic flows
    Given east asks after 2 seconds of silence and gives up after 10
    And a tunnel between the networks behind west and east
    When echo requests and replies cross the tunnel for 4 seconds
    Then east has not asked whether west lives
    And east asks once the traffic has stopped
