@ikev1 @esp @phase2 @quick-mode
Feature: Algorithms of ESP and AH
  Each cipher and each integrity algorithm that ESP and AH have in IKEv1 is negotiated alone, and carries an ICMP echo and
  its answer. The frames decrypt or verify with the keying material of RFC 2409 section 5.5, which is cut as the
  algorithm's own document says.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-QA-001 @must @judges:both @clause:RFC2409-5.5-07 @clause:RFC4303-3.1.2-01
  Scenario Outline: ESP encrypts with <suite>
    Given phase 2 uses <suite>
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    And a ping from behind west to behind east is answered
    And every ESP frame decrypts to the ICMP echo that was sent

    @responder
    Examples: the peer responds
      | initiator | suite                             |
      | west      | 3DES-CBC and HMAC-SHA1-96         |
      | west      | AES-CBC-128 and HMAC-SHA1-96      |
      | west      | AES-CBC-192 and HMAC-SHA1-96      |
      | west      | AES-CBC-256 and HMAC-SHA1-96      |
      | west      | CAMELLIA-CBC-128 and HMAC-SHA1-96 |
      | west      | CAMELLIA-CBC-192 and HMAC-SHA1-96 |
      | west      | CAMELLIA-CBC-256 and HMAC-SHA1-96 |
      | west      | AES-CTR-128 and HMAC-SHA1-96      |
      | west      | AES-CTR-192 and HMAC-SHA1-96      |
      | west      | AES-CTR-256 and HMAC-SHA1-96      |

    @initiator
    Examples: the peer initiates
      | initiator | suite                             |
      | east      | 3DES-CBC and HMAC-SHA1-96         |
      | east      | AES-CBC-128 and HMAC-SHA1-96      |
      | east      | AES-CBC-192 and HMAC-SHA1-96      |
      | east      | AES-CBC-256 and HMAC-SHA1-96      |
      | east      | CAMELLIA-CBC-128 and HMAC-SHA1-96 |
      | east      | AES-CTR-128 and HMAC-SHA1-96      |

  @id:IKE1-QA-002 @must @judges:both @clause:RFC2409-5.5-07 @clause:RFC4303-3.1.2-01
  Scenario Outline: ESP with the combined mode <suite>
    Given phase 2 uses <suite>
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    And a ping from behind west to behind east is answered
    And every ESP frame decrypts to the ICMP echo that was sent

    @responder @clause:RFC4106-4-01 @clause:RFC4106-6-01 @clause:RFC4106-8.1-01 @clause:RFC4106-8.4-01
    Examples: AES-GCM, the peer responds
      | initiator | suite          |
      | west      | AES-GCM-8-128  |
      | west      | AES-GCM-8-192  |
      | west      | AES-GCM-8-256  |
      | west      | AES-GCM-12-128 |
      | west      | AES-GCM-12-192 |
      | west      | AES-GCM-12-256 |
      | west      | AES-GCM-16-128 |
      | west      | AES-GCM-16-192 |
      | west      | AES-GCM-16-256 |

    @responder @clause:RFC4309-2-01 @clause:RFC4309-4-01 @clause:RFC4309-7.1-01
    Examples: AES-CCM, the peer responds
      | initiator | suite          |
      | west      | AES-CCM-8-128  |
      | west      | AES-CCM-8-192  |
      | west      | AES-CCM-8-256  |
      | west      | AES-CCM-12-128 |
      | west      | AES-CCM-12-192 |
      | west      | AES-CCM-12-256 |
      | west      | AES-CCM-16-128 |
      | west      | AES-CCM-16-192 |
      | west      | AES-CCM-16-256 |

    @initiator @clause:RFC4106-4-01 @clause:RFC4106-6-01 @clause:RFC4106-8.1-01 @clause:RFC4106-8.4-01
    Examples: AES-GCM, the peer initiates
      | initiator | suite          |
      | east      | AES-GCM-8-128  |
      | east      | AES-GCM-12-128 |
      | east      | AES-GCM-16-128 |

    @initiator @clause:RFC4309-2-01 @clause:RFC4309-4-01 @clause:RFC4309-7.1-01
    Examples: AES-CCM, the peer initiates
      | initiator | suite          |
      | east      | AES-CCM-8-128  |
      | east      | AES-CCM-12-128 |
      | east      | AES-CCM-16-128 |

  @id:IKE1-QA-003 @must @judges:both @clause:RFC2407-4.4.4-01 @clause:RFC2409-5.5-07
  Scenario Outline: ESP authenticates with <suite>
    Given phase 2 uses <suite>
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    And a ping from behind west to behind east is answered
    And every ESP frame decrypts to the ICMP echo that was sent
    And every quick mode transform from east names its authentication algorithm, or none with a combined mode

    @responder
    Examples: the peer responds
      | initiator | suite                        |
      | west      | AES-CBC-128 and HMAC-MD5-96  |
      | west      | AES-CBC-128 and HMAC-SHA1-96 |
      | west      | AES-CBC-128 and AES-XCBC-96  |

    @responder @clause:RFC4868-2.1.1-01 @clause:RFC4868-2.3-01
    Examples: SHA-2, the peer responds
      | initiator | suite                             |
      | west      | AES-CBC-128 and HMAC-SHA2-256-128 |
      | west      | AES-CBC-128 and HMAC-SHA2-384-192 |
      | west      | AES-CBC-128 and HMAC-SHA2-512-256 |

    @initiator
    Examples: the peer initiates
      | initiator | suite                        |
      | east      | AES-CBC-128 and HMAC-MD5-96  |
      | east      | AES-CBC-128 and HMAC-SHA1-96 |
      | east      | AES-CBC-128 and AES-XCBC-96  |

    @initiator @clause:RFC4868-2.1.1-01 @clause:RFC4868-2.3-01
    Examples: SHA-2, the peer initiates
      | initiator | suite                             |
      | east      | AES-CBC-128 and HMAC-SHA2-256-128 |
      | east      | AES-CBC-128 and HMAC-SHA2-384-192 |
      | east      | AES-CBC-128 and HMAC-SHA2-512-256 |

  @id:IKE1-QA-004 @must @judges:both @clause:RFC2407-4.4.4.11-01 @clause:RFC2407-4.5-04 @clause:RFC2410-2.2-01
  Scenario Outline: ESP without encryption: <suite>
    Given phase 2 uses <suite>
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    And a ping from behind west to behind east is answered
    And every ESP frame decrypts to the ICMP echo that was sent
    And every ESP frame shows what it carries
    And every quick mode transform from east names its authentication algorithm, or none with a combined mode

    @responder
    Examples: the peer responds
      | initiator | suite                      |
      | west      | NULL and HMAC-MD5-96       |
      | west      | NULL and HMAC-SHA1-96      |
      | west      | NULL and HMAC-SHA2-256-128 |

    @initiator
    Examples: the peer initiates
      | initiator | suite                      |
      | east      | NULL and HMAC-SHA1-96      |
      | east      | NULL and HMAC-SHA2-256-128 |

  @id:IKE1-QA-005 @must @judges:both @clause:RFC4543-3-01 @clause:RFC4543-3.1-01 @clause:RFC4543-5.4-01 @clause:RFC4543-3.3-01
  Scenario Outline: ESP with integrity alone: <suite>
    Given phase 2 uses <suite>
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    And a ping from behind west to behind east is answered
    And every ESP frame decrypts to the ICMP echo that was sent
    And every ESP frame shows what it carries
    And every quick mode transform from east names its authentication algorithm, or none with a combined mode

    @responder
    Examples: the peer responds
      | initiator | suite        |
      | west      | AES-GMAC-128 |
      | west      | AES-GMAC-192 |
      | west      | AES-GMAC-256 |

    @initiator
    Examples: the peer initiates
      | initiator | suite        |
      | east      | AES-GMAC-128 |

  @id:IKE1-QA-006 @must @judges:both @clause:RFC2409-5.5-02 @clause:RFC2409-5.5-05 @clause:RFC2409-5.5-07
  Scenario Outline: Perfect forward secrecy in <group>
    Given phase 2 uses perfect forward secrecy in <group>
    When <initiator> starts quick mode
    Then both sides hold SAs of AES-GCM-16-128 in tunnel mode with matching SPIs
    And every transform of the quick mode names <group>
    And a ping from behind west to behind east is answered

    @responder
    Examples: the peer responds
      | initiator | group         |
      | west      | MODP-1024     |
      | west      | MODP-1536     |
      | west      | MODP-2048     |
      | west      | MODP-3072     |
      | west      | MODP-2048-256 |
      | west      | ECP-256       |
      | west      | ECP-384       |
      | west      | ECP-521       |
      | west      | BRAINPOOL-256 |
      | west      | CURVE25519    |

    @initiator
    Examples: the peer initiates
      | initiator | group         |
      | east      | MODP-1024     |
      | east      | MODP-1536     |
      | east      | MODP-2048     |
      | east      | MODP-3072     |
      | east      | MODP-2048-256 |
      | east      | ECP-256       |
      | east      | ECP-384       |
      | east      | ECP-521       |
      | east      | BRAINPOOL-256 |
      | east      | CURVE25519    |
