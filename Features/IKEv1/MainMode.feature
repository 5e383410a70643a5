@ikev1 @phase1 @main-mode
Feature: Main mode with a pre-shared key
  Phase 1 authenticates two gateways and gives them a secure channel. Main mode does it in six messages: the first two
  negotiate, the next two exchange public values and nonces, the last two authenticate and are encrypted
  (RFC 2409 section 5.4). Everything that IKEv1 does later hangs on it.

  West is this suite's own gateway, east the judged peer. In the role "responder" west starts, in the role "initiator" east.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-MM-001 @must @judges:both @clause:RFC2409-5.4-01 @clause:RFC2409-5-17 @clause:RFC2408-4.5-01 @clause:RFC2409-5-01 @clause:RFC4109-3-04
  Scenario Outline: Six messages in order, the last two encrypted
    When <initiator> starts phase 1 in main mode
    Then these messages cross the wire, in this order
      | from        | exchange            | encrypted | payloads    |
      | <initiator> | Identity Protection | no        | SA, VID*    |
      | <responder> | Identity Protection | no        | SA, VID*    |
      | <initiator> | Identity Protection | no        | KE, NONCE   |
      | <responder> | Identity Protection | no        | KE, NONCE   |
      | <initiator> | Identity Protection | yes       | ID, HASH, N* |
      | <responder> | Identity Protection | yes       | ID, HASH, N* |
    And both sides hold an established IKE SA with the same cookies

    @responder
    Examples: the peer responds
      | initiator | responder |
      | west      | east      |

    @initiator
    Examples: the peer initiates
      | initiator | responder |
      | east      | west      |

  @id:IKE1-MM-002 @must @judges:both @clause:RFC2409-5.4-01 @clause:RFC2408-3.1-05 @clause:RFC2409-3.2-02
  Scenario Outline: Identities never cross the wire in clear
    When <initiator> starts phase 1 in main mode
    Then phase 1 is established
    And neither identity appears in clear in any frame
    And the identities decrypt to those that the policies name

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |

  @id:IKE1-MM-003 @must @judges:both @clause:RFC2408-2.4-01 @clause:RFC2408-3.1-01 @clause:RFC2408-3.1-04 @clause:RFC2408-3.1-07 @clause:RFC2408-2.5.3-01 @clause:RFC2408-2.5.2-01
  Scenario Outline: Every header keeps the rules of its fields
    When <initiator> starts phase 1 in main mode
    Then phase 1 is established
    And every header from east has version 1.0, known flags, its true length and, in phase 1, message ID 0
    And east's cookie is not zero and stays the same
    And every reserved field from east is zero

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |

  @id:IKE1-MM-004 @must @judges:both @clause:RFC2409-B-01 @clause:RFC2409-B-03 @clause:RFC2409-5-14 @clause:RFC2409-5-15
  Scenario Outline: The last two messages decrypt with the key alone
    When <initiator> starts phase 1 in main mode
    Then phase 1 is established
    And an observer who has only the encryption key reads every message
    And the padding of every encrypted message from east is zero

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |

  @id:IKE1-MM-005 @must @judges:both @clause:RFC2408-5.11-01 @clause:RFC2409-5-13 @negative
  Scenario Outline: Different pre-shared keys give no IKE SA
    Given east has another pre-shared key than west
    When <initiator> starts phase 1 in main mode
    Then <outcome>
    And no side holds an established IKE SA

    @responder
    Examples: the peer responds, and notices in message 5, which it need not tell
      | initiator | outcome                   |
      | west      | east does not accept west |

    @initiator
    Examples: the peer initiates, and is told by west
      | initiator | outcome                                                 |
      | east      | west says that it cannot accept the message it received |
