@ikev1 @esp @phase2 @quick-mode
Feature: Quick mode
  Phase 2 negotiates the SAs that ESP uses, under the protection of the IKE SA: three messages, all encrypted, each with a
  HASH as its first payload (RFC 2409 section 5.5). Its result is a pair of SAs, one a direction, each with the SPI that
  its receiver chose.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-QM-001 @must @judges:both @clause:RFC2409-5-03 @clause:RFC2409-5.5-01 @clause:RFC2409-5.5-03 @clause:RFC2409-5.5-06 @clause:RFC2409-B-02
  Scenario Outline: Three messages, all under the IKE SA
    When <initiator> starts quick mode
    Then these messages cross the wire after phase 1, in this order
      | from        | exchange   | encrypted | payloads                    |
      | <initiator> | Quick Mode | yes       | HASH, SA, NONCE, ID, ID, N* |
      | <responder> | Quick Mode | yes       | HASH, SA, NONCE, ID, ID, N* |
      | <initiator> | Quick Mode | yes       | HASH                        |
    And every quick mode message has the cookies of the IKE SA and a message ID that is not zero
    And both sides hold one pair of ESP SAs with matching SPIs

    @responder
    Examples: the peer responds
      | initiator | responder |
      | west      | east      |

    @initiator
    Examples: the peer initiates
      | initiator | responder |
      | east      | west      |

  @id:IKE1-QM-002 @must @judges:both @clause:RFC2409-5.5-02 @clause:RFC2409-5.5-05 @clause:RFC2409-5.5-07
  Scenario Outline: Perfect forward secrecy in <group> adds a KE payload each way
    Given phase 2 uses perfect forward secrecy in <group>
    When <initiator> starts quick mode
    Then these messages cross the wire after phase 1, in this order
      | from        | exchange   | encrypted | payloads                        |
      | <initiator> | Quick Mode | yes       | HASH, SA, NONCE, KE, ID, ID, N* |
      | <responder> | Quick Mode | yes       | HASH, SA, NONCE, KE, ID, ID, N* |
      | <initiator> | Quick Mode | yes       | HASH                            |
    And both sides hold one pair of ESP SAs with matching SPIs
    And every transform of the quick mode names <group>
    And a ping from behind west to behind east is answered

    @responder
    Examples: the peer responds
      | initiator | responder | group     |
      | west      | east      | MODP-2048 |
      | west      | east      | ECP-256   |

    @initiator
    Examples: the peer initiates
      | initiator | responder | group     |
      | east      | west      | MODP-2048 |
      | east      | west      | ECP-256   |

  @id:IKE1-QM-003 @must @judges:both @clause:RFC2409-5.5-07 @clause:RFC2407-4.5.1-01 @clause:RFC3602-5.3-01 @clause:RFC2407-4.4.4-01
  Scenario Outline: <esp> is negotiated for ESP
    Given phase 2 uses <esp>
    When <initiator> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And the ESP SAs use <esp>
    And a ping from behind west to behind east is answered

    @responder
    Examples: the peer responds
      | initiator | esp                               |
      | west      | AES-GCM-16-128                    |
      | west      | AES-GCM-16-256                    |
      | west      | AES-CBC-128 and HMAC-SHA2-256-128 |
      | west      | AES-CBC-256 and HMAC-SHA2-256-128 |

    @initiator
    Examples: the peer initiates
      | initiator | esp                               |
      | east      | AES-GCM-16-128                    |
      | east      | AES-GCM-16-256                    |
      | east      | AES-CBC-128 and HMAC-SHA2-256-128 |
      | east      | AES-CBC-256 and HMAC-SHA2-256-128 |

  @id:IKE1-QM-004 @must @judges:both @clause:RFC2409-5.5-08 @clause:RFC2408-2.4-01 @clause:RFC2409-B-02
  Scenario Outline: Two quick modes under one IKE SA give two pairs of SAs
    When <initiator> starts quick mode
    And <initiator> starts another quick mode for other networks
    Then both sides hold two pairs of ESP SAs with matching SPIs
    And both quick modes ran under the same IKE SA with message IDs of their own

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |

  @id:IKE1-QM-005 @must @judges:both @clause:RFC2408-4.2-05 @clause:RFC2408-4.8-01 @clause:RFC2408-3.14-01 @negative
  Scenario Outline: Without a common ESP proposal there is no SA
    Given west uses AES-GCM-16-128 for ESP
    And east uses AES-CBC-256 and HMAC-SHA2-256-128 for ESP
    When <initiator> starts quick mode
    Then <responder> notifies the other side of NO-PROPOSAL-CHOSEN, under the IKE SA
    And no side holds an ESP SA
    And both sides hold an established IKE SA with the same cookies

    @responder
    Examples: the peer refuses
      | initiator | responder |
      | west      | east      |

    @initiator
    Examples: the peer is refused
      | initiator | responder |
      | east      | west      |

  @id:IKE1-QM-006 @should @judges:both @initiator @clause:RFC2408-4.3-01
  Scenario: After a rekey the new pair of SAs carries the traffic
    Given a tunnel between the networks behind west and east
    When east rekeys the pair of ESP SAs
    Then a second quick mode gives a new pair of ESP SAs under the same IKE SA
    And a ping from behind west to behind east is answered
    And east sends with the SPI of the new pair
