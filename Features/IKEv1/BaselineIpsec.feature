@ikev1 @baseline @judges:both @must @phase2 @quick-mode
Feature: Baseline of phase 2
  Policies of phase 2 that any two implementations should be able to agree on, each tried with either side as the initiator. Nothing is asked
  of the suite's own gateway, so another implementation can stand in its place: a failure between two others is not ours.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-BASE-101 @esp @clause:RFC2409-5-03 @clause:RFC2409-5.5-07
  Scenario Outline: ESP with <suite> in <mode> mode
    Given phase 2 uses <suite>
    And phase 2 runs in <mode> mode
    When <initiator> starts quick mode
    Then both ends list one pair of ESP SAs with the same SPIs, under an IKE SA
    And a ping from west's end to east's is answered, and only ESP crosses the wire for it

    @responder
    Examples: east responds
      | initiator | suite                             | mode      |
      | west      | 3DES-CBC and HMAC-SHA1-96         | tunnel    |
      | west      | AES-CBC-128 and HMAC-MD5-96       | tunnel    |
      | west      | AES-CBC-128 and HMAC-SHA1-96      | tunnel    |
      | west      | AES-CBC-128 and HMAC-SHA2-256-128 | tunnel    |
      | west      | AES-CBC-192 and HMAC-SHA2-384-192 | tunnel    |
      | west      | AES-CBC-256 and HMAC-SHA2-512-256 | tunnel    |
      | west      | AES-CBC-128 and AES-XCBC-96       | tunnel    |
      | west      | CAMELLIA-CBC-128 and HMAC-SHA1-96 | tunnel    |
      | west      | AES-CTR-128 and HMAC-SHA1-96      | tunnel    |
      | west      | AES-CTR-256 and HMAC-SHA2-256-128 | tunnel    |
      | west      | AES-GCM-8-128                     | tunnel    |
      | west      | AES-GCM-12-128                    | tunnel    |
      | west      | AES-GCM-16-128                    | tunnel    |
      | west      | AES-GCM-16-192                    | tunnel    |
      | west      | AES-GCM-16-256                    | tunnel    |
      | west      | AES-CCM-8-128                     | tunnel    |
      | west      | AES-CCM-12-256                    | tunnel    |
      | west      | AES-CCM-16-128                    | tunnel    |
      | west      | NULL and HMAC-SHA2-256-128        | tunnel    |
      | west      | AES-GCM-16-128 with ESN           | tunnel    |
      | west      | AES-CBC-128 and HMAC-SHA2-256-128 | transport |
      | west      | AES-GCM-16-256                    | transport |

    @initiator
    Examples: east initiates
      | initiator | suite                             | mode      |
      | east      | 3DES-CBC and HMAC-SHA1-96         | tunnel    |
      | east      | AES-CBC-128 and HMAC-MD5-96       | tunnel    |
      | east      | AES-CBC-128 and HMAC-SHA1-96      | tunnel    |
      | east      | AES-CBC-128 and HMAC-SHA2-256-128 | tunnel    |
      | east      | AES-CBC-192 and HMAC-SHA2-384-192 | tunnel    |
      | east      | AES-CBC-256 and HMAC-SHA2-512-256 | tunnel    |
      | east      | AES-CBC-128 and AES-XCBC-96       | tunnel    |
      | east      | CAMELLIA-CBC-128 and HMAC-SHA1-96 | tunnel    |
      | east      | AES-CTR-128 and HMAC-SHA1-96      | tunnel    |
      | east      | AES-CTR-256 and HMAC-SHA2-256-128 | tunnel    |
      | east      | AES-GCM-8-128                     | tunnel    |
      | east      | AES-GCM-12-128                    | tunnel    |
      | east      | AES-GCM-16-128                    | tunnel    |
      | east      | AES-GCM-16-192                    | tunnel    |
      | east      | AES-GCM-16-256                    | tunnel    |
      | east      | AES-CCM-8-128                     | tunnel    |
      | east      | AES-CCM-12-256                    | tunnel    |
      | east      | AES-CCM-16-128                    | tunnel    |
      | east      | NULL and HMAC-SHA2-256-128        | tunnel    |
      | east      | AES-GCM-16-128 with ESN           | tunnel    |
      | east      | AES-CBC-128 and HMAC-SHA2-256-128 | transport |
      | east      | AES-GCM-16-256                    | transport |

  @id:IKE1-BASE-102 @ah @clause:RFC2409-5-03 @clause:RFC2409-5.5-07
  Scenario Outline: AH with <suite> in <mode> mode
    Given phase 2 uses <suite>
    And phase 2 runs in <mode> mode
    When <initiator> starts quick mode
    Then both ends list one pair of AH SAs with the same SPIs, under an IKE SA
    And a ping from west's end to east's is answered, and only AH crosses the wire for it

    @responder
    Examples: east responds
      | initiator | suite                | mode      |
      | west      | AH HMAC-MD5-96       | tunnel    |
      | west      | AH HMAC-SHA1-96      | tunnel    |
      | west      | AH HMAC-SHA2-256-128 | tunnel    |
      | west      | AH HMAC-SHA2-512-256 | tunnel    |
      | west      | AH AES-XCBC-96       | tunnel    |
      | west      | AH HMAC-SHA2-256-128 | transport |

    @initiator
    Examples: east initiates
      | initiator | suite                | mode      |
      | east      | AH HMAC-MD5-96       | tunnel    |
      | east      | AH HMAC-SHA1-96      | tunnel    |
      | east      | AH HMAC-SHA2-256-128 | tunnel    |
      | east      | AH HMAC-SHA2-512-256 | tunnel    |
      | east      | AH AES-XCBC-96       | tunnel    |
      | east      | AH HMAC-SHA2-256-128 | transport |

  @id:IKE1-BASE-103 @esp @clause:RFC2409-5.5-02
  Scenario Outline: Perfect forward secrecy in <group>
    Given phase 2 uses perfect forward secrecy in <group>
    When <initiator> starts quick mode
    Then both ends list one pair of ESP SAs with the same SPIs, under an IKE SA
    And a ping from west's end to east's is answered, and only ESP crosses the wire for it

    @responder
    Examples: east responds
      | initiator | group      |
      | west      | MODP-2048  |
      | west      | MODP-3072  |
      | west      | ECP-256    |
      | west      | ECP-521    |
      | west      | CURVE25519 |

    @initiator
    Examples: east initiates
      | initiator | group      |
      | east      | MODP-2048  |
      | east      | MODP-3072  |
      | east      | ECP-256    |
      | east      | ECP-521    |
      | east      | CURVE25519 |

  @id:IKE1-BASE-104 @esp @clause:RFC2409-5.5-03
  Scenario Outline: The traffic between two <shape>s, of <packets>, is protected
    Given the traffic between two <shape>s is protected
    And only its packets of protocol <protocol> are protected
    When <initiator> starts quick mode
    Then both ends list one pair of ESP SAs with the same SPIs, under an IKE SA
    And a ping from west's end to east's is answered, and only ESP crosses the wire for it

    @responder
    Examples: east responds
      | initiator | shape  | protocol | packets        |
      | west      | host   | 0        | every protocol |
      | west      | subnet | 1        | protocol 1     |
      | west      | host   | 1        | protocol 1     |

    @initiator
    Examples: east initiates
      | initiator | shape  | protocol | packets        |
      | east      | host   | 0        | every protocol |
      | east      | subnet | 1        | protocol 1     |
      | east      | host   | 1        | protocol 1     |
