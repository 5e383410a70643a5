@ikev1 @phase1 @authentication
Feature: Authentication methods of phase 1
  Each side proves that it is who it says it is over everything that the exchange has agreed on: HASH_I and HASH_R cover the
  public values, the cookies, the initiator's whole offer and the identity (RFC 2409 section 5). With a pre-shared key the
  hash is the proof, because the key is in it; with signatures it is signed; with public key encryption only the owner of
  the private key can have got at the nonce.

  @id:IKE1-AU-001 @must @judges:both @clause:RFC2409-5-15 @clause:RFC2409-5-13 @clause:RFC2409-5.4-01 @clause:RFC2409-5.4-02
  Scenario Outline: A pre-shared key in <mode> mode with <hash>
    Given phase 1 uses AES-CBC-128, <hash> and ECP-256
    And both sides authenticate with pre-shared keys
    And phase 1 runs in <mode> mode
    When <initiator> starts phase 1
    Then both sides hold an established IKE SA with the same cookies
    And the proofs of both sides cover what crossed the wire

    @responder
    Examples: the peer responds
      | initiator | mode       | hash          |
      | west      | main       | HMAC-MD5      |
      | west      | main       | HMAC-SHA1     |
      | west      | main       | HMAC-SHA2-256 |
      | west      | main       | HMAC-SHA2-384 |
      | west      | main       | HMAC-SHA2-512 |
      | west      | aggressive | HMAC-MD5      |
      | west      | aggressive | HMAC-SHA1     |
      | west      | aggressive | HMAC-SHA2-256 |
      | west      | aggressive | HMAC-SHA2-384 |
      | west      | aggressive | HMAC-SHA2-512 |

    @initiator
    Examples: the peer initiates
      | initiator | mode       | hash          |
      | east      | main       | HMAC-MD5      |
      | east      | main       | HMAC-SHA1     |
      | east      | main       | HMAC-SHA2-256 |
      | east      | main       | HMAC-SHA2-384 |
      | east      | main       | HMAC-SHA2-512 |
      | east      | aggressive | HMAC-MD5      |
      | east      | aggressive | HMAC-SHA1     |
      | east      | aggressive | HMAC-SHA2-256 |
      | east      | aggressive | HMAC-SHA2-384 |
      | east      | aggressive | HMAC-SHA2-512 |

  @id:IKE1-AU-002 @must @judges:both @certificates @clause:RFC2409-5.1-01 @clause:RFC2409-5-15 @clause:RFC2409-5.1-06 @clause:RFC4109-3-07
  Scenario Outline: RSA signatures in <mode> mode with <hash>, over the bare hash
    Given phase 1 uses AES-CBC-128, <hash> and ECP-256
    And both sides authenticate with RSA signatures
    And phase 1 runs in <mode> mode
    When <initiator> starts phase 1
    Then both sides hold an established IKE SA with the same cookies
    And the proofs of both sides cover what crossed the wire

    @responder
    Examples: the peer responds
      | initiator | mode       | hash          |
      | west      | main       | HMAC-MD5      |
      | west      | main       | HMAC-SHA1     |
      | west      | main       | HMAC-SHA2-256 |
      | west      | main       | HMAC-SHA2-384 |
      | west      | main       | HMAC-SHA2-512 |
      | west      | aggressive | HMAC-MD5      |
      | west      | aggressive | HMAC-SHA1     |
      | west      | aggressive | HMAC-SHA2-256 |
      | west      | aggressive | HMAC-SHA2-384 |
      | west      | aggressive | HMAC-SHA2-512 |

    @initiator
    Examples: the peer initiates
      | initiator | mode       | hash          |
      | east      | main       | HMAC-MD5      |
      | east      | main       | HMAC-SHA1     |
      | east      | main       | HMAC-SHA2-256 |
      | east      | main       | HMAC-SHA2-384 |
      | east      | main       | HMAC-SHA2-512 |
      | east      | aggressive | HMAC-MD5      |
      | east      | aggressive | HMAC-SHA1     |
      | east      | aggressive | HMAC-SHA2-256 |
      | east      | aggressive | HMAC-SHA2-384 |
      | east      | aggressive | HMAC-SHA2-512 |

  @id:IKE1-AU-003 @must @judges:both @certificates @clause:RFC4754-7-01 @clause:RFC4754-4-01 @clause:RFC2409-5.1-06
  Scenario Outline: <key> signatures in <mode> mode with <hash>
    Given phase 1 uses AES-CBC-128, <hash> and ECP-256
    And both sides authenticate with <key> signatures
    And phase 1 runs in <mode> mode
    When <initiator> starts phase 1
    Then both sides hold an established IKE SA with the same cookies
    And the proofs of both sides cover what crossed the wire

    @responder
    Examples: the peer responds
      | initiator | mode       | key       | hash          |
      | west      | main       | ECDSA-256 | HMAC-SHA2-256 |
      | west      | main       | ECDSA-256 | HMAC-SHA1     |
      | west      | main       | ECDSA-384 | HMAC-SHA2-384 |
      | west      | main       | ECDSA-384 | HMAC-SHA2-256 |
      | west      | main       | ECDSA-521 | HMAC-SHA2-512 |
      | west      | main       | ECDSA-521 | HMAC-MD5      |
      | west      | aggressive | ECDSA-256 | HMAC-SHA2-256 |
      | west      | aggressive | ECDSA-256 | HMAC-SHA1     |
      | west      | aggressive | ECDSA-384 | HMAC-SHA2-384 |
      | west      | aggressive | ECDSA-384 | HMAC-SHA2-256 |
      | west      | aggressive | ECDSA-521 | HMAC-SHA2-512 |
      | west      | aggressive | ECDSA-521 | HMAC-MD5      |

    @initiator
    Examples: the peer initiates
      | initiator | mode       | key       | hash          |
      | east      | main       | ECDSA-256 | HMAC-SHA2-256 |
      | east      | main       | ECDSA-256 | HMAC-SHA1     |
      | east      | main       | ECDSA-384 | HMAC-SHA2-384 |
      | east      | main       | ECDSA-384 | HMAC-SHA2-256 |
      | east      | main       | ECDSA-521 | HMAC-SHA2-512 |
      | east      | main       | ECDSA-521 | HMAC-MD5      |
      | east      | aggressive | ECDSA-256 | HMAC-SHA2-256 |
      | east      | aggressive | ECDSA-256 | HMAC-SHA1     |
      | east      | aggressive | ECDSA-384 | HMAC-SHA2-384 |
      | east      | aggressive | ECDSA-384 | HMAC-SHA2-256 |
      | east      | aggressive | ECDSA-521 | HMAC-SHA2-512 |
      | east      | aggressive | ECDSA-521 | HMAC-MD5      |

  @id:IKE1-AU-004 @must @judges:both @certificates @clause:RFC2409-5.2-01 @clause:RFC2409-5-13
  Scenario Outline: RSA encryption in <mode> mode with <hash>
    Given phase 1 uses AES-CBC-128, <hash> and ECP-256
    And both sides authenticate with RSA encryption
    And phase 1 runs in <mode> mode
    When <initiator> starts phase 1
    Then both sides hold an established IKE SA with the same cookies
    And neither identity appears in clear in any frame
    And the proofs of both sides cover what crossed the wire

    @responder
    Examples: the peer responds
      | initiator | mode       | hash          |
      | west      | main       | HMAC-MD5      |
      | west      | main       | HMAC-SHA1     |
      | west      | main       | HMAC-SHA2-256 |
      | west      | main       | HMAC-SHA2-384 |
      | west      | main       | HMAC-SHA2-512 |
      | west      | aggressive | HMAC-MD5      |
      | west      | aggressive | HMAC-SHA1     |
      | west      | aggressive | HMAC-SHA2-256 |
      | west      | aggressive | HMAC-SHA2-384 |
      | west      | aggressive | HMAC-SHA2-512 |

    @initiator
    Examples: the peer initiates
      | initiator | mode       | hash          |
      | east      | main       | HMAC-MD5      |
      | east      | main       | HMAC-SHA1     |
      | east      | main       | HMAC-SHA2-256 |
      | east      | main       | HMAC-SHA2-384 |
      | east      | main       | HMAC-SHA2-512 |
      | east      | aggressive | HMAC-MD5      |
      | east      | aggressive | HMAC-SHA1     |
      | east      | aggressive | HMAC-SHA2-256 |
      | east      | aggressive | HMAC-SHA2-384 |
      | east      | aggressive | HMAC-SHA2-512 |

  @id:IKE1-AU-005 @must @judges:both @certificates @clause:RFC2409-5.3-01 @clause:RFC2409-5-13
  Scenario Outline: Revised RSA encryption in <mode> mode with <hash>
    Given phase 1 uses AES-CBC-128, <hash> and ECP-256
    And both sides authenticate with revised RSA encryption
    And phase 1 runs in <mode> mode
    When <initiator> starts phase 1
    Then both sides hold an established IKE SA with the same cookies
    And neither identity appears in clear in any frame

    @responder
    Examples: the peer responds
      | initiator | mode       | hash          |
      | west      | main       | HMAC-MD5      |
      | west      | main       | HMAC-SHA1     |
      | west      | main       | HMAC-SHA2-256 |
      | west      | main       | HMAC-SHA2-384 |
      | west      | main       | HMAC-SHA2-512 |
      | west      | aggressive | HMAC-MD5      |
      | west      | aggressive | HMAC-SHA1     |
      | west      | aggressive | HMAC-SHA2-256 |
      | west      | aggressive | HMAC-SHA2-384 |
      | west      | aggressive | HMAC-SHA2-512 |

    @initiator
    Examples: the peer initiates
      | initiator | mode       | hash          |
      | east      | main       | HMAC-MD5      |
      | east      | main       | HMAC-SHA1     |
      | east      | main       | HMAC-SHA2-256 |
      | east      | main       | HMAC-SHA2-384 |
      | east      | main       | HMAC-SHA2-512 |
      | east      | aggressive | HMAC-MD5      |
      | east      | aggressive | HMAC-SHA1     |
      | east      | aggressive | HMAC-SHA2-256 |
      | east      | aggressive | HMAC-SHA2-384 |
      | east      | aggressive | HMAC-SHA2-512 |

  @id:IKE1-AU-006 @must @judges:both @main-mode @certificates @clause:RFC2409-5.1-04 @clause:RFC2409-5-09 @clause:RFC2409-5-17
  Scenario Outline: Main mode with signatures has six messages, certificates and requests included
    Given both sides authenticate with RSA signatures
    When <initiator> starts phase 1
    Then these messages cross the wire, in this order
      | from        | exchange            | encrypted | payloads                |
      | <initiator> | Identity Protection | no        | SA, VID*                |
      | <responder> | Identity Protection | no        | SA, VID*                |
      | <initiator> | Identity Protection | no        | KE, NONCE, CR*          |
      | <responder> | Identity Protection | no        | KE, NONCE, CR*          |
      | <initiator> | Identity Protection | yes       | ID, SIG, CERT*, CR*, N* |
      | <responder> | Identity Protection | yes       | ID, SIG, CERT*, N*      |
    And both sides hold an established IKE SA with the same cookies

    @responder
    Examples: the peer responds
      | initiator | responder |
      | west      | east      |

    @initiator
    Examples: the peer initiates
      | initiator | responder |
      | east      | west      |

  @id:IKE1-AU-007 @must @judges:both @aggressive-mode @certificates @clause:RFC2409-5.1-05 @clause:RFC2409-5-09
  Scenario Outline: Aggressive mode with signatures has three messages, certificates and requests included
    Given both sides authenticate with RSA signatures
    When <initiator> starts phase 1 in aggressive mode
    Then these messages cross the wire, in this order
      | from        | exchange   | encrypted | payloads                                 |
      | <initiator> | Aggressive | no        | SA, KE, NONCE, ID, CR*, VID*             |
      | <responder> | Aggressive | no        | SA, KE, NONCE, ID, SIG, CERT*, CR*, VID* |
      | <initiator> | Aggressive | either    | SIG, CERT*, VID*                         |
    And both sides hold an established IKE SA with the same cookies

    @responder
    Examples: the peer responds
      | initiator | responder |
      | west      | east      |

    @initiator
    Examples: the peer initiates
      | initiator | responder |
      | east      | west      |

  @id:IKE1-AU-008 @must @judges:both @main-mode @certificates @clause:RFC2409-5.2-01
  Scenario Outline: Main mode with RSA encryption brings identities and nonces ahead of the proofs
    Given both sides authenticate with RSA encryption
    When <initiator> starts phase 1
    Then these messages cross the wire, in this order
      | from        | exchange            | encrypted | payloads             |
      | <initiator> | Identity Protection | no        | SA, VID*             |
      | <responder> | Identity Protection | no        | SA, VID*             |
      | <initiator> | Identity Protection | no        | KE, ID, NONCE, HASH* |
      | <responder> | Identity Protection | no        | KE, ID, NONCE        |
      | <initiator> | Identity Protection | yes       | HASH, N*             |
      | <responder> | Identity Protection | yes       | HASH, N*             |
    And both sides hold an established IKE SA with the same cookies

    @responder
    Examples: the peer responds
      | initiator | responder |
      | west      | east      |

    @initiator
    Examples: the peer initiates
      | initiator | responder |
      | east      | west      |

  @id:IKE1-AU-009 @must @judges:both @certificates @clause:RFC2409-5.3-02 @clause:RFC2409-5.3-01
  Scenario Outline: In the revised mode the nonce comes first, and everything behind it is encrypted with it
    Given both sides authenticate with revised RSA encryption
    And phase 1 runs in <mode> mode
    When <initiator> starts phase 1
    Then phase 1 is established
    And behind the encrypted nonce of each side the lengths of all payloads are whole cipher blocks

    @responder
    Examples: the peer responds
      | initiator | mode       |
      | west      | main       |
      | west      | aggressive |

    @initiator
    Examples: the peer initiates
      | initiator | mode       |
      | east      | main       |
      | east      | aggressive |

  @id:IKE1-AU-010 @must @judges:both @certificates @negative @clause:RFC2408-5.12-01
  Scenario Outline: A wrong <method> in <mode> mode is not accepted, and the next exchange is
    Given both sides authenticate with <method>s
    And phase 1 runs in <mode> mode
    When <initiator> starts phase 1, but west's signature is wrong
    And west then starts phase 1 honestly
    Then east has accepted the honest phase 1 and not the one before

    @responder
    Examples: the peer responds
      | initiator | mode       | method              |
      | west      | main       | RSA signature       |
      | west      | main       | ECDSA-256 signature |
      | west      | aggressive | RSA signature       |
      | west      | aggressive | ECDSA-256 signature |

    @initiator
    Examples: the peer initiates
      | initiator | mode       | method              |
      | east      | main       | RSA signature       |
      | east      | main       | ECDSA-256 signature |
      | east      | aggressive | RSA signature       |
      | east      | aggressive | ECDSA-256 signature |

  @id:IKE1-AU-011 @must @judges:both @main-mode @negative @clause:RFC2408-5.11-01
  Scenario Outline: A wrong hash in main mode with <method> is not accepted, and the next exchange is
    Given both sides authenticate with <method>
    When <initiator> starts phase 1, but west's hash is wrong
    And west then starts phase 1 honestly
    Then east has accepted the honest phase 1 and not the one before

    @responder
    Examples: the peer responds
      | initiator | method                 |
      | west      | pre-shared keys        |
      | west      | RSA encryption         |
      | west      | revised RSA encryption |

    @initiator
    Examples: the peer initiates
      | initiator | method                 |
      | east      | pre-shared keys        |
      | east      | RSA encryption         |
      | east      | revised RSA encryption |

  @id:IKE1-AU-012 @must @judges:both @main-mode @certificates @clause:RFC2409-5.1-04 @clause:RFC2408-3.1-05
  Scenario Outline: With <method> neither identity crosses the wire in clear in main mode
    Given both sides authenticate with <method>
    When <initiator> starts phase 1
    Then phase 1 is established
    And neither identity appears in clear in any frame

    @responder
    Examples: the peer responds
      | initiator | method                 |
      | west      | RSA signatures         |
      | west      | ECDSA-256 signatures   |
      | west      | RSA encryption         |
      | west      | revised RSA encryption |

    @initiator
    Examples: the peer initiates
      | initiator | method                 |
      | east      | RSA signatures         |
      | east      | ECDSA-256 signatures   |
      | east      | RSA encryption         |
      | east      | revised RSA encryption |

  @id:IKE1-AU-013 @must @judges:both @certificates @quick-mode @esp @phase2 @clause:RFC2409-5-14 @clause:RFC2409-5.5-06
  Scenario Outline: Quick mode and traffic under an IKE SA of <method> in <mode> mode
    Given both sides authenticate with <method>
    And phase 1 runs in <mode> mode
    When <initiator> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And a ping from behind west to behind east is answered

    @responder
    Examples: the peer responds
      | initiator | mode       | method                 |
      | west      | main       | RSA signatures         |
      | west      | main       | ECDSA-384 signatures   |
      | west      | main       | revised RSA encryption |
      | west      | aggressive | RSA signatures         |
      | west      | aggressive | ECDSA-384 signatures   |
      | west      | aggressive | revised RSA encryption |

    @initiator
    Examples: the peer initiates
      | initiator | mode       | method                 |
      | east      | main       | RSA signatures         |
      | east      | main       | ECDSA-384 signatures   |
      | east      | main       | revised RSA encryption |
      | east      | aggressive | RSA signatures         |
      | east      | aggressive | ECDSA-384 signatures   |
      | east      | aggressive | revised RSA encryption |

  @id:IKE1-AU-014 @must @judges:both @clause:RFC2409-5-16 @clause:RFC2407-4.6.2-01
  Scenario Outline: The hashes cover an identity with protocol <protocol> and port <port> in <mode> mode
    Given both sides authenticate with pre-shared keys
    And phase 1 runs in <mode> mode
    And west's identity has protocol <protocol> and port <port>
    When <initiator> starts phase 1
    Then both sides hold an established IKE SA with the same cookies
    And the proofs of both sides cover what crossed the wire

    @responder
    Examples: the peer responds
      | initiator | mode       | protocol | port |
      | west      | main       | 0        | 0    |
      | west      | main       | 17       | 500  |
      | west      | aggressive | 0        | 0    |
      | west      | aggressive | 17       | 500  |

    @initiator
    Examples: the peer initiates
      | initiator | mode       | protocol | port |
      | east      | main       | 0        | 0    |
      | east      | main       | 17       | 500  |
      | east      | aggressive | 0        | 0    |
      | east      | aggressive | 17       | 500  |
