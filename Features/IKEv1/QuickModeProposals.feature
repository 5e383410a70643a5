@ikev1 @esp @phase2 @quick-mode
Feature: Quick mode proposals
  Quick mode negotiates ESP and AH by proposals and transforms as phase 1 does, but with several protocols, modes and
  attributes of its own (RFC 2407 sections 4.4 and 4.5). The responder chooses one suite and returns it unchanged.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-QP-001 @must @judges:both @clause:RFC2407-4.5-01 @clause:RFC2407-4.5-02 @clause:RFC2407-4.5-04 @clause:RFC2407-4.5-05 @clause:RFC2407-4.4.4-01
  Scenario Outline: The attributes of <suite> keep their rules
    Given phase 2 uses <suite>
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    And basic attributes of quick mode from east are of the short form
    And every life duration of quick mode from east stands behind its life type
    And every quick mode transform from east has a key length if its cipher has several, and else none
    And every quick mode transform from east names its authentication algorithm, or none with a combined mode

    @responder
    Examples: the peer responds
      | initiator | suite                         |
      | west      | 3DES-CBC and HMAC-MD5-96      |
      | west      | AES-CBC-192 and HMAC-SHA1-96  |
      | west      | NULL and HMAC-SHA2-256-128    |
      | west      | AES-GCM-16-256                |

    @initiator
    Examples: the peer initiates
      | initiator | suite                         |
      | east      | 3DES-CBC and HMAC-MD5-96      |
      | east      | AES-CBC-192 and HMAC-SHA1-96  |
      | east      | NULL and HMAC-SHA2-256-128    |
      | east      | AES-GCM-16-256                |

  @id:IKE1-QP-002 @must @judges:both @clause:RFC2408-4.2-02 @clause:RFC2409-5-11 @clause:RFC2408-4.2-04
  Scenario Outline: One of several suites is chosen, its attributes unchanged
    Given west offers or accepts for phase 2
      | suite                             |
      | AES-GCM-16-256                    |
      | AES-CBC-256 and HMAC-SHA2-512-256 |
      | AES-CBC-128 and HMAC-SHA2-256-128 |
    And east offers or accepts for phase 2
      | suite                             |
      | 3DES-CBC and HMAC-SHA1-96         |
      | AES-CBC-128 and HMAC-SHA2-256-128 |
    When <initiator> starts quick mode
    Then both sides hold SAs of AES-CBC-128 and HMAC-SHA2-256-128 in tunnel mode with matching SPIs
    And quick mode message 2 holds one transform of message 1, its attributes unchanged

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |

  @id:IKE1-QP-003 @should @judges:both @responder @clause:RFC2408-4.2-03
  Scenario: The answer keeps the numbers of the proposal and the transform that it chooses
    Given west offers or accepts for phase 2
      | suite                             |
      | AES-GCM-16-256                    |
      | AES-CBC-256 and HMAC-SHA2-512-256 |
      | AES-CBC-128 and HMAC-SHA2-256-128 |
    And east offers or accepts for phase 2
      | suite                             |
      | AES-CBC-128 and HMAC-SHA2-256-128 |
    When west starts quick mode
    Then both sides hold SAs of AES-CBC-128 and HMAC-SHA2-256-128 in tunnel mode with matching SPIs
    And quick mode message 2 keeps the numbers of the chosen proposal and transform

  @id:IKE1-QP-004 @must @judges:both @initiator @clause:RFC2408-4.2-01
  Scenario: Suites of ESP are offered in the order of preference
    Given east offers or accepts for phase 2
      | suite                             |
      | AES-GCM-16-128                    |
      | AES-CBC-256 and HMAC-SHA2-256-128 |
      | 3DES-CBC and HMAC-SHA1-96         |
    When east starts quick mode
    Then east offers these suites in order, under numbers that rise from suite to suite
      | suite                             |
      | AES-GCM-16-128                    |
      | AES-CBC-256 and HMAC-SHA2-256-128 |
      | 3DES-CBC and HMAC-SHA1-96         |
    And both sides hold SAs of AES-GCM-16-128 in tunnel mode with matching SPIs

  @id:IKE1-QP-010 @must @judges:both @ah @initiator @clause:RFC2408-4.2-01
  Scenario: ESP and AH are offered as suites of rising numbers
    Given east offers or accepts for phase 2
      | suite                |
      | AES-GCM-16-128       |
      | AH HMAC-SHA2-256-128 |
    When east starts quick mode
    Then east offers these suites in order, under numbers that rise from suite to suite
      | suite                |
      | AES-GCM-16-128       |
      | AH HMAC-SHA2-256-128 |
    And both sides hold SAs of AES-GCM-16-128 in tunnel mode with matching SPIs

  @id:IKE1-QP-005 @must @judges:both @clause:RFC4303-3.1.1-01 @clause:RFC4303-2.6-03 @clause:RFC4301-4.1-05
  Scenario Outline: <suite> in transport mode
    Given phase 2 uses <suite>
    And phase 2 runs in transport mode
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in transport mode with matching SPIs
    And a ping from west to east is answered
    And the frames on the wire are ESP between the gateways only
    And every ESP frame carries the ICMP echo that was sent in transport mode

    @responder
    Examples: the peer responds
      | initiator | suite                             |
      | west      | AES-GCM-16-128                    |
      | west      | AES-CBC-128 and HMAC-SHA2-256-128 |
      | west      | NULL and HMAC-SHA1-96             |

    @initiator
    Examples: the peer initiates
      | initiator | suite                             |
      | east      | AES-GCM-16-128                    |
      | east      | AES-CBC-128 and HMAC-SHA2-256-128 |
      | east      | NULL and HMAC-SHA1-96             |

  @id:IKE1-QP-006 @must @judges:both @clause:RFC4303-3.3.2.1-02
  Scenario Outline: <suite> with 64-bit sequence numbers
    Given phase 2 uses <suite> with ESN
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> with ESN in tunnel mode with matching SPIs
    And a ping from behind west to behind east is answered
    And every ESP frame decrypts to the ICMP echo that was sent

    @responder
    Examples: the peer responds
      | initiator | suite                             |
      | west      | AES-CBC-128 and HMAC-SHA2-256-128 |
      | west      | AES-GCM-16-128                    |

    @initiator
    Examples: the peer initiates
      | initiator | suite                             |
      | east      | AES-CBC-128 and HMAC-SHA2-256-128 |
      | east      | AES-GCM-16-128                    |

  @id:IKE1-QP-007 @must @judges:both @responder @clause:RFC2407-4.5.2-01 @clause:RFC2407-4.5.1-01 @clause:RFC2408-3.3-01 @clause:RFC2409-A-02
  Scenario Outline: A life of <life> is accepted, written with <forms>
    Given west offers a life of <life> in phase 2
    When west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And west's offer in quick mode has <forms>
    And quick mode message 2 holds one transform of message 1, its attributes unchanged

    Examples:
      | life                                 | forms                               |
      | 3600 seconds                         | seconds as TV                       |
      | 86400 seconds                        | seconds as TLV                      |
      | 3600 seconds and 50000 kilobytes     | seconds as TV and kilobytes as TV   |
      | 3600 seconds and 1000000 kilobytes   | seconds as TV and kilobytes as TLV  |
      | 86400 seconds and 50000 kilobytes    | seconds as TLV and kilobytes as TV  |
      | 86400 seconds and 1000000 kilobytes  | seconds as TLV and kilobytes as TLV |

  @id:IKE1-QP-008 @must @judges:peer @responder @clause:RFC2409-5-11 @clause:RFC2407-4.5-03
  Scenario: An offer without a life is answered without one
    Given west says nothing of a life in phase 2
    When west starts quick mode
    Then west's offer in quick mode names no life
    And quick mode message 2 holds one transform of message 1, its attributes unchanged
    And both sides hold one pair of ESP SAs with matching SPIs

  @id:IKE1-QP-009 @must @judges:both @responder @clause:RFC2407-4.5-03
  Scenario: Where nothing is said of a life it is eight hours
    Given west says nothing of a life in phase 2
    And east allows the SAs of phase 2 a life of 86400 seconds
    When west starts quick mode
    Then west's offer in quick mode names no life
    And east takes the life that nobody named for 28800 seconds
