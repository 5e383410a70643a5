@ikev1 @phase1 @aggressive-mode
Feature: Aggressive mode
  Aggressive mode does in three messages what main mode does in six: the offer comes together with public value, nonce and
  identity, the answer brings the responder's proof at once, and the initiator's proof ends it (RFC 2409 section 5). The
  price is that identities cross the wire in clear and that the group cannot be negotiated. Many remote access clients
  still use it with a pre-shared key, because the key can be chosen by the identity.

  Background:
    Given west and east share a pre-shared key
    And phase 1 runs in aggressive mode

  @id:IKE1-AM-001 @must @judges:both @clause:RFC2409-5.4-02 @clause:RFC2409-5-02 @clause:RFC2409-5-06
  Scenario Outline: Three messages in order, the last one encrypted or not
    When <initiator> starts phase 1
    Then these messages cross the wire, in this order
      | from        | exchange   | encrypted | payloads                      |
      | <initiator> | Aggressive | no        | SA, KE, NONCE, ID, VID*       |
      | <responder> | Aggressive | no        | SA, KE, NONCE, ID, HASH, VID* |
      | <initiator> | Aggressive | either    | HASH, VID*                    |
    And both sides hold an established IKE SA with the same cookies
    And each side claims the identity that its policy names

    @responder
    Examples: the peer responds
      | initiator | responder |
      | west      | east      |

    @initiator
    Examples: the peer initiates
      | initiator | responder |
      | east      | west      |

  @id:IKE1-AM-002 @must @judges:both @esp @phase2 @quick-mode @clause:RFC2409-5.4-02 @clause:RFC2409-5-14 @clause:RFC2409-B-02
  Scenario Outline: Quick mode and traffic under an IKE SA of aggressive mode
    When <initiator> starts quick mode
    Then these messages cross the wire after phase 1, in this order
      | from        | exchange   | encrypted | payloads                    |
      | <initiator> | Quick Mode | yes       | HASH, SA, NONCE, ID, ID, N* |
      | <responder> | Quick Mode | yes       | HASH, SA, NONCE, ID, ID, N* |
      | <initiator> | Quick Mode | yes       | HASH                        |
    And both sides hold one pair of ESP SAs with matching SPIs
    And a ping from behind west to behind east is answered

    @responder
    Examples: the peer responds
      | initiator | responder |
      | west      | east      |

    @initiator
    Examples: the peer initiates
      | initiator | responder |
      | east      | west      |

  @id:IKE1-AM-003 @must @judges:both @clause:RFC2408-5.11-01 @clause:RFC2409-5-13 @negative
  Scenario Outline: Different pre-shared keys give no IKE SA, and the initiator notices first
    Given east has another pre-shared key than west
    When <initiator> starts phase 1
    Then <initiator> says that it cannot accept the message it received
    And no side holds an established IKE SA

    @responder
    Examples: the peer responds, and is told by west
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates, and notices in message 2
      | initiator |
      | east      |

  @id:IKE1-AM-004 @must @judges:both @clause:RFC2408-5.11-01 @negative
  Scenario Outline: A wrong hash is not accepted, and the next exchange is
    When <initiator> starts phase 1, but west's hash is wrong
    And west then starts phase 1 honestly
    Then east has accepted the honest phase 1 and not the one before

    @responder
    Examples: the peer responds, and gets a wrong message 3
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates, and gets a wrong message 2
      | initiator |
      | east      |

  @id:IKE1-AM-005 @must @judges:both @clause:RFC2407-4.6.3-02 @clause:RFC2407-4.6.3-01
  Scenario Outline: Notifications of status are never part of aggressive mode
    Given both sides have INITIAL-CONTACT to tell
    When <initiator> starts phase 1
    Then phase 1 is established
    And no notification of status is part of aggressive mode

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |

  @id:IKE1-AM-006 @must @clause:RFC2408-5.1-03 @clause:RFC2408-5.1-05
  Scenario Outline: Aggressive mode message <message> is lost once and the exchange completes
    Given aggressive mode message <message> is lost once
    When <initiator> starts phase 1
    Then phase 1 is established
    And what east had to send again it sent again octet for octet
    And both sides hold an established IKE SA with the same cookies

    @responder @judges:both
    Examples: the peer responds
      | initiator | message |
      | west      | 1       |
      | west      | 2       |

    @responder @judges:peer
    Examples: the peer responds, and has to send message 2 again unasked
      | initiator | message |
      | west      | 3       |

    @initiator @judges:both
    Examples: the peer initiates
      | initiator | message |
      | east      | 1       |
      | east      | 2       |
      | east      | 3       |

  @id:IKE1-AM-007 @must @judges:both @clause:RFC2408-5.1-03
  Scenario Outline: Aggressive mode message <message> arrives twice and changes nothing
    Given aggressive mode message <message> arrives twice
    When <initiator> starts phase 1
    Then phase 1 is established
    And every answer to the duplicate equals the first answer
    And both sides hold one established IKE SA with the same cookies

    @responder
    Examples: the responding peer receives the duplicate
      | initiator | message |
      | west      | 1       |
      | west      | 3       |

    @initiator
    Examples: the initiating peer receives the duplicate
      | initiator | message |
      | east      | 2       |

  @id:IKE1-AM-008 @must @judges:both @clause:RFC2408-2.4-01 @clause:RFC2408-3.1-01 @clause:RFC2408-3.1-04 @clause:RFC2408-3.1-07 @clause:RFC2408-2.5.3-01 @clause:RFC2408-2.5.2-01 @clause:RFC2409-5-10 @clause:RFC2407-4.4.1.1-01 @clause:RFC2407-4.2.1-01 @clause:RFC2409-A-01
  Scenario Outline: Headers, reserved fields and the SA payload keep their rules
    When <initiator> starts phase 1
    Then phase 1 is established
    And every header from east has version 1.0, known flags, its true length and, in phase 1, message ID 0
    And east's cookie is not zero and stays the same
    And every reserved field from east is zero
    And every SA payload from east names the IPsec DOI, the identity-only situation and one ISAKMP proposal of KEY_IKE transforms
    And basic attributes from east are of the short form

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |

  @id:IKE1-AM-009 @must @judges:both @clause:RFC2409-5-07 @clause:RFC2409-4-03 @clause:RFC2409-B-01 @clause:RFC2409-B-04
  Scenario Outline: <encryption>, <hash> and <group> in aggressive mode
    Given phase 1 uses <encryption>, <hash> and <group>
    When <initiator> starts phase 1
    Then phase 1 is established with <encryption>, <hash> and <group>
    And every public value is as long as <group> demands
    And an observer who has only the encryption key reads every message

    @responder
    Examples: the peer responds
      | initiator | encryption  | hash          | group     |
      | west      | 3DES-CBC    | HMAC-MD5      | MODP-1024 |
      | west      | AES-CBC-128 | HMAC-SHA1     | MODP-1536 |
      | west      | AES-CBC-256 | HMAC-SHA1     | MODP-2048 |
      | west      | AES-CBC-192 | HMAC-SHA2-384 | MODP-3072 |
      | west      | AES-CBC-256 | HMAC-SHA2-512 | ECP-384   |
      | west      | AES-CBC-128 | HMAC-SHA2-256 | ECP-521   |

    @initiator
    Examples: the peer initiates
      | initiator | encryption  | hash          | group     |
      | east      | 3DES-CBC    | HMAC-MD5      | MODP-1024 |
      | east      | AES-CBC-128 | HMAC-SHA1     | MODP-1536 |
      | east      | AES-CBC-256 | HMAC-SHA1     | MODP-2048 |
      | east      | AES-CBC-192 | HMAC-SHA2-384 | MODP-3072 |
      | east      | AES-CBC-256 | HMAC-SHA2-512 | ECP-384   |
      | east      | AES-CBC-128 | HMAC-SHA2-256 | ECP-521   |

  @id:IKE1-AM-010 @must @judges:both @clause:RFC2409-4-03 @clause:RFC2409-3.2-01 @clause:RFC2409-5-11 @clause:RFC2408-4.2-02
  Scenario Outline: The responder chooses one transform and returns it unchanged
    Given west offers or accepts for phase 1
      | encryption  | hash          | group     |
      | AES-CBC-256 | HMAC-SHA2-256 | MODP-2048 |
      | AES-CBC-128 | HMAC-SHA1     | MODP-2048 |
    And east offers or accepts for phase 1
      | encryption  | hash          | group     |
      | AES-CBC-256 | HMAC-SHA1     | MODP-2048 |
      | AES-CBC-128 | HMAC-SHA1     | MODP-2048 |
    When <initiator> starts phase 1
    Then phase 1 is established with AES-CBC-128, HMAC-SHA1 and MODP-2048
    And message 2 holds one transform of message 1, its attributes unchanged

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |

  @id:IKE1-AM-011 @must @judges:both @responder @clause:RFC2409-4-01
  Scenario: Quick mode is not answered before aggressive mode is complete
    Given aggressive mode message 3 arrives behind the next
    When west starts phase 1
    And west starts quick mode once phase 1 is complete on its side
    Then east answers no quick mode message before message 3, which completes phase 1 on its side
    And both sides hold one pair of ESP SAs with matching SPIs

  @id:IKE1-AM-012 @must @judges:peer @clause:RFC2409-5-05 @negative
  Scenario Outline: The exchange type does not change within aggressive mode
    When <initiator> starts phase 1, but the message with west's proof is of another exchange
    And west then starts phase 1 honestly
    Then east has accepted the honest phase 1 and not the one before

    @responder
    Examples: the peer responds, and gets a message 3 of main mode
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates, and gets a message 2 of main mode
      | initiator |
      | east      |

  @id:IKE1-AM-013 @must @judges:both @negative @clause:RFC2408-4.2-05 @clause:RFC2408-5.4-03
  Scenario Outline: Without a common proposal there is no IKE SA
    Given west offers or accepts for phase 1
      | encryption  | hash          | group     |
      | AES-CBC-256 | HMAC-SHA2-256 | MODP-2048 |
    And east offers or accepts for phase 1
      | encryption  | hash      | group     |
      | AES-CBC-128 | HMAC-SHA1 | MODP-2048 |
    When <initiator> starts phase 1
    Then <responder> notifies the other side of NO-PROPOSAL-CHOSEN, in clear
    And no side holds an established IKE SA

    @responder
    Examples: the peer refuses
      | initiator | responder |
      | west      | east      |

    @initiator
    Examples: the peer is refused
      | initiator | responder |
      | east      | west      |
