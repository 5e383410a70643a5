@ikev1 @esp @baseline @judges:both @must
Feature: Baseline of phase 1
  Policies of phase 1 that any two implementations should be able to agree on, each tried with either side as the initiator. Nothing is asked
  of the suite's own gateway, so another implementation can stand in its place: a failure between two others is not ours.

  @id:IKE1-BASE-001 @phase1 @clause:RFC2409-5-01 @clause:RFC2409-5-03
  Scenario Outline: Phase 1 in <mode> mode, <encryption>, <hash>, <group>, <authentication>
    Given west and east share a pre-shared key
    And phase 1 uses <encryption>, <hash> and <group>
    And phase 1 runs in <mode> mode
    And both sides authenticate with <authentication>
    When <initiator> starts quick mode
    Then both ends list one pair of ESP SAs with the same SPIs, under an IKE SA
    And a ping from west's end to east's is answered, and only ESP crosses the wire for it

    @responder
    Examples: east responds
      | initiator | mode       | encryption       | hash          | group      | authentication       |
      | west      | main       | 3DES-CBC         | HMAC-SHA1     | MODP-1536  | pre-shared keys      |
      | west      | main       | AES-CBC-128      | HMAC-SHA1     | MODP-2048  | pre-shared keys      |
      | west      | main       | AES-CBC-128      | HMAC-MD5      | MODP-2048  | pre-shared keys      |
      | west      | main       | AES-CBC-192      | HMAC-SHA2-256 | MODP-2048  | pre-shared keys      |
      | west      | main       | AES-CBC-256      | HMAC-SHA2-256 | MODP-3072  | pre-shared keys      |
      | west      | main       | AES-CBC-256      | HMAC-SHA2-384 | MODP-4096  | pre-shared keys      |
      | west      | main       | AES-CBC-256      | HMAC-SHA2-512 | ECP-256    | pre-shared keys      |
      | west      | main       | AES-CBC-128      | HMAC-SHA2-256 | ECP-384    | pre-shared keys      |
      | west      | main       | AES-CBC-256      | HMAC-SHA2-512 | ECP-521    | pre-shared keys      |
      | west      | main       | AES-CBC-128      | HMAC-SHA2-256 | CURVE25519 | pre-shared keys      |
      | west      | main       | CAMELLIA-CBC-128 | HMAC-SHA2-256 | MODP-2048  | pre-shared keys      |
      | west      | main       | CAMELLIA-CBC-256 | HMAC-SHA2-256 | MODP-2048  | pre-shared keys      |
      | west      | aggressive | AES-CBC-128      | HMAC-SHA1     | MODP-2048  | pre-shared keys      |
      | west      | aggressive | AES-CBC-256      | HMAC-SHA2-512 | ECP-256    | pre-shared keys      |
      | west      | main       | AES-CBC-128      | HMAC-SHA2-256 | MODP-2048  | RSA signatures       |
      | west      | aggressive | AES-CBC-128      | HMAC-SHA2-256 | MODP-2048  | RSA signatures       |
      | west      | main       | AES-CBC-128      | HMAC-SHA2-256 | ECP-256    | ECDSA-256 signatures |

    @initiator
    Examples: east initiates
      | initiator | mode       | encryption       | hash          | group      | authentication       |
      | east      | main       | 3DES-CBC         | HMAC-SHA1     | MODP-1536  | pre-shared keys      |
      | east      | main       | AES-CBC-128      | HMAC-SHA1     | MODP-2048  | pre-shared keys      |
      | east      | main       | AES-CBC-128      | HMAC-MD5      | MODP-2048  | pre-shared keys      |
      | east      | main       | AES-CBC-192      | HMAC-SHA2-256 | MODP-2048  | pre-shared keys      |
      | east      | main       | AES-CBC-256      | HMAC-SHA2-256 | MODP-3072  | pre-shared keys      |
      | east      | main       | AES-CBC-256      | HMAC-SHA2-384 | MODP-4096  | pre-shared keys      |
      | east      | main       | AES-CBC-256      | HMAC-SHA2-512 | ECP-256    | pre-shared keys      |
      | east      | main       | AES-CBC-128      | HMAC-SHA2-256 | ECP-384    | pre-shared keys      |
      | east      | main       | AES-CBC-256      | HMAC-SHA2-512 | ECP-521    | pre-shared keys      |
      | east      | main       | AES-CBC-128      | HMAC-SHA2-256 | CURVE25519 | pre-shared keys      |
      | east      | main       | CAMELLIA-CBC-128 | HMAC-SHA2-256 | MODP-2048  | pre-shared keys      |
      | east      | main       | CAMELLIA-CBC-256 | HMAC-SHA2-256 | MODP-2048  | pre-shared keys      |
      | east      | aggressive | AES-CBC-128      | HMAC-SHA1     | MODP-2048  | pre-shared keys      |
      | east      | aggressive | AES-CBC-256      | HMAC-SHA2-512 | ECP-256    | pre-shared keys      |
      | east      | main       | AES-CBC-128      | HMAC-SHA2-256 | MODP-2048  | RSA signatures       |
      | east      | aggressive | AES-CBC-128      | HMAC-SHA2-256 | MODP-2048  | RSA signatures       |
      | east      | main       | AES-CBC-128      | HMAC-SHA2-256 | ECP-256    | ECDSA-256 signatures |

  @id:IKE1-BASE-002 @phase1 @clause:RFC2409-5-01 @clause:RFC2409-5-03
  Scenario Outline: Both sides are known by an <identity> in <mode> mode
    Given west and east share a pre-shared key
    And phase 1 runs in <mode> mode
    And both sides are known by an <identity>
    When <initiator> starts quick mode
    Then both ends list one pair of ESP SAs with the same SPIs, under an IKE SA
    And a ping from west's end to east's is answered, and only ESP crosses the wire for it

    @responder
    Examples: east responds
      | initiator | identity     | mode       |
      | west      | ID_USER_FQDN | main       |
      | west      | ID_IPV4_ADDR | main       |
      | west      | ID_KEY_ID    | aggressive |

    @initiator
    Examples: east initiates
      | initiator | identity     | mode       |
      | east      | ID_USER_FQDN | main       |
      | east      | ID_IPV4_ADDR | main       |
      | east      | ID_KEY_ID    | aggressive |
