@ikev1 @phase1 @main-mode
Feature: Phase 1 proposals
  Encryption, hash, authentication method and group of the IKE SA are negotiated (RFC 2409 section 4). The initiator offers
  transforms of one proposal in its order of preference, the responder chooses one and returns it unchanged, or refuses.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-P1-001 @must @judges:both @clause:RFC2409-4-03 @clause:RFC2409-B-04 @clause:RFC4109-3-02 @clause:RFC4109-3-03 @clause:RFC4109-3-06 @clause:RFC3526-3-01 @clause:RFC2409-5-07 @clause:RFC3602-5.3-01
  Scenario Outline: <encryption>, <hash> and <group> are negotiated
    Given phase 1 uses <encryption>, <hash> and <group>
    When <initiator> starts phase 1 in main mode
    Then phase 1 is established with <encryption>, <hash> and <group>
    And every public value is as long as <group> demands
    And an observer who has only the encryption key reads every message

    @responder
    Examples: the peer responds
      | initiator | encryption  | hash          | group     |
      | west      | AES-CBC-128 | HMAC-SHA1     | MODP-2048 |
      | west      | AES-CBC-128 | HMAC-SHA1     | ECP-256   |
      | west      | AES-CBC-128 | HMAC-SHA2-256 | MODP-2048 |
      | west      | AES-CBC-128 | HMAC-SHA2-256 | ECP-256   |
      | west      | AES-CBC-256 | HMAC-SHA1     | MODP-2048 |
      | west      | AES-CBC-256 | HMAC-SHA1     | ECP-256   |
      | west      | AES-CBC-256 | HMAC-SHA2-256 | MODP-2048 |
      | west      | AES-CBC-256 | HMAC-SHA2-256 | ECP-256   |

    @initiator
    Examples: the peer initiates
      | initiator | encryption  | hash          | group     |
      | east      | AES-CBC-128 | HMAC-SHA1     | MODP-2048 |
      | east      | AES-CBC-128 | HMAC-SHA1     | ECP-256   |
      | east      | AES-CBC-128 | HMAC-SHA2-256 | MODP-2048 |
      | east      | AES-CBC-128 | HMAC-SHA2-256 | ECP-256   |
      | east      | AES-CBC-256 | HMAC-SHA1     | MODP-2048 |
      | east      | AES-CBC-256 | HMAC-SHA1     | ECP-256   |
      | east      | AES-CBC-256 | HMAC-SHA2-256 | MODP-2048 |
      | east      | AES-CBC-256 | HMAC-SHA2-256 | ECP-256   |

  @id:IKE1-P1-002 @must @judges:both @clause:RFC2409-4-03 @clause:RFC2408-4.2-02 @clause:RFC2409-3.2-01 @clause:RFC2409-5-11
  Scenario Outline: The responder chooses one transform and returns it unchanged
    Given west offers or accepts for phase 1
      | encryption  | hash          | group     |
      | AES-CBC-256 | HMAC-SHA2-256 | ECP-256   |
      | AES-CBC-128 | HMAC-SHA1     | MODP-2048 |
    And east offers or accepts for phase 1
      | encryption  | hash          | group     |
      | AES-CBC-256 | HMAC-SHA1     | MODP-2048 |
      | AES-CBC-128 | HMAC-SHA1     | MODP-2048 |
    When <initiator> starts phase 1 in main mode
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

  @id:IKE1-P1-003 @must @judges:both @clause:RFC2408-4.2-05 @clause:RFC2408-5.4-03 @clause:RFC2408-3.14-01 @negative
  Scenario Outline: Without a common proposal there is no IKE SA
    Given west offers or accepts for phase 1
      | encryption  | hash          | group   |
      | AES-CBC-256 | HMAC-SHA2-256 | ECP-256 |
    And east offers or accepts for phase 1
      | encryption  | hash      | group     |
      | AES-CBC-128 | HMAC-SHA1 | MODP-2048 |
    When <initiator> starts phase 1 in main mode
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

  @id:IKE1-P1-004 @must @judges:both @clause:RFC2409-5-10 @clause:RFC2407-4.4.1.1-01 @clause:RFC2407-4.4.2.1-01 @clause:RFC2408-3.4-02 @clause:RFC2407-4.2.1-01 @clause:RFC2409-A-01 @clause:RFC2408-3.5-01 @clause:RFC2408-3.6-01 @clause:RFC2409-5-06
  Scenario Outline: The SA payload is built as the IPsec DOI says
    When <initiator> starts phase 1 in main mode
    Then phase 1 is established
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

  @id:IKE1-P1-005 @should @judges:both @responder @clause:RFC2408-4.2-03
  Scenario: The answer keeps the numbers of the proposal and the transform that it chooses
    Given west offers or accepts for phase 1
      | encryption  | hash          | group     |
      | AES-CBC-256 | HMAC-SHA2-512 | ECP-384   |
      | AES-CBC-256 | HMAC-SHA2-256 | MODP-2048 |
      | AES-CBC-128 | HMAC-SHA2-256 | ECP-256   |
    When west starts phase 1 in main mode
    Then phase 1 is established with AES-CBC-128, HMAC-SHA2-256 and ECP-256
    And main mode message 2 keeps the numbers of the chosen proposal and transform

  @id:IKE1-P1-006 @should @judges:both @responder @clause:RFC2408-4.2-02 @clause:RFC2408-4.2-03 @negative
  Scenario Outline: A first transform whose <attribute> nobody has assigned is passed over, and the second chosen
    Given west offers or accepts for phase 1
      | encryption  | hash          | group   |
      | AES-CBC-256 | HMAC-SHA2-512 | ECP-384 |
      | AES-CBC-128 | HMAC-SHA2-256 | ECP-256 |
    And east offers or accepts for phase 1
      | encryption  | hash          | group   |
      | AES-CBC-256 | HMAC-SHA2-512 | ECP-384 |
      | AES-CBC-128 | HMAC-SHA2-256 | ECP-256 |
    When west sends main mode message 1, but its "SA.attribute.<attribute>" is "unassigned (999)"
    And west then begins an honest exchange
    Then east goes on with the first exchange
    And main mode message 2 holds one transform of message 1, its attributes unchanged
    And main mode message 2 keeps the numbers of the chosen proposal and transform
    And the honest exchange succeeds

    Examples:
      | attribute            |
      | encryption algorithm |
      | hash algorithm       |
      | group                |

  @id:IKE1-P1-007 @must @judges:peer @responder @clause:RFC2408-5.6-01 @clause:RFC2409-5-11 @negative
  Scenario: A first transform of an unknown transform ID is ignored, and the second chosen
    Given west offers or accepts for phase 1
      | encryption  | hash          | group   |
      | AES-CBC-256 | HMAC-SHA2-512 | ECP-384 |
      | AES-CBC-128 | HMAC-SHA2-256 | ECP-256 |
    And east offers or accepts for phase 1
      | encryption  | hash          | group   |
      | AES-CBC-256 | HMAC-SHA2-512 | ECP-384 |
      | AES-CBC-128 | HMAC-SHA2-256 | ECP-256 |
    When west sends main mode message 1, but its "SA.transform.ID" is "unassigned (249)"
    And west then begins an honest exchange
    Then east goes on with the first exchange
    And main mode message 2 holds one transform of message 1, its attributes unchanged
    And the honest exchange succeeds

  @id:IKE1-P1-014 @must @judges:peer @responder @clause:RFC2409-5-11 @negative
  Scenario: A first transform with an unknown attribute is not answered without it
    Given west offers or accepts for phase 1
      | encryption  | hash          | group   |
      | AES-CBC-256 | HMAC-SHA2-512 | ECP-384 |
      | AES-CBC-128 | HMAC-SHA2-256 | ECP-256 |
    And east offers or accepts for phase 1
      | encryption  | hash          | group   |
      | AES-CBC-256 | HMAC-SHA2-512 | ECP-384 |
      | AES-CBC-128 | HMAC-SHA2-256 | ECP-256 |
    When west sends main mode message 1, but its "SA.attribute.type" is "unassigned (99), in the first of two transforms"
    And west then begins an honest exchange
    Then main mode message 2 holds one transform of message 1, its attributes unchanged
    And the honest exchange succeeds

  @id:IKE1-P1-008 @must @judges:both @responder @clause:RFC2409-7.1-01 @negative
  Scenario: Of two proposals the responder answers with one
    When west sends main mode message 1, but its "SA.proposal" is "there twice"
    And west then begins an honest exchange
    Then east goes on with the first exchange
    And main mode message 2 holds one transform of message 1, its attributes unchanged
    And the honest exchange succeeds

  @id:IKE1-P1-009 @must @judges:both @responder @clause:RFC2408-3.3-01 @clause:RFC2409-A-02 @clause:RFC2409-5-11
  Scenario Outline: A life of <life> is accepted, written with <forms>
    Given west offers a life of <life> in phase 1
    When west starts phase 1 in main mode
    Then west's offer in main mode has <forms>
    And main mode message 2 holds one transform of message 1, its attributes unchanged
    And phase 1 is established

    Examples:
      | life          | forms          |
      | 28800 seconds | seconds as TV  |
      | 86400 seconds | seconds as TLV |

  @id:IKE1-P1-013 @must @judges:peer @responder @clause:RFC2409-5-11 @clause:RFC2408-3.3-01 @clause:RFC2409-A-02
  Scenario Outline: A life of <life> comes back unchanged
    Given west offers a life of <life> in phase 1
    When west starts phase 1 in main mode
    Then west's offer in main mode has <forms>
    And main mode message 2 holds one transform of message 1, its attributes unchanged
    And phase 1 is established

    Examples:
      | life                                | forms                               |
      | 28800 seconds and 50000 kilobytes   | seconds as TV and kilobytes as TV   |
      | 86400 seconds and 1000000 kilobytes | seconds as TLV and kilobytes as TLV |

  @id:IKE1-P1-010 @must @judges:both @clause:RFC2409-A-03 @clause:RFC3602-5.3-01
  Scenario Outline: The key length of <encryption> is named where there are several
    Given phase 1 uses <encryption>, HMAC-SHA1 and ECP-256
    When <initiator> starts phase 1 in main mode
    Then phase 1 is established
    And every main mode transform from east has a key length if its cipher has several, and else none

    @responder
    Examples: the peer responds
      | initiator | encryption       |
      | west      | 3DES-CBC         |
      | west      | AES-CBC-192      |
      | west      | CAMELLIA-CBC-256 |

    @initiator
    Examples: the peer initiates
      | initiator | encryption       |
      | east      | 3DES-CBC         |
      | east      | AES-CBC-192      |
      | east      | CAMELLIA-CBC-256 |

  @id:IKE1-P1-011 @must @judges:both @responder @clause:RFC2409-A-03 @negative
  Scenario: A key length with a cipher that has but one does no harm
    Given phase 1 uses 3DES-CBC, HMAC-SHA1 and ECP-256
    When west sends main mode message 1, but its "SA.attribute.key length" is "192 bits, for a cipher of one key length"
    And west then begins an honest exchange
    Then the honest exchange succeeds

  @id:IKE1-P1-012 @must @judges:both @responder @clause:RFC2408-3.5-03 @clause:RFC2408-3.5-02 @negative
  Scenario Outline: The SPI of an ISAKMP proposal means nothing: <spi>
    When west sends main mode message 1, but its "SA.proposal.SPI" is "<spi>"
    And west then begins an honest exchange
    Then east goes on with the first exchange
    And main mode message 2 holds one transform of message 1, its attributes unchanged
    And the honest exchange succeeds

    Examples:
      | spi                       |
      | 8 octets without meaning  |
      | 16 octets without meaning |
