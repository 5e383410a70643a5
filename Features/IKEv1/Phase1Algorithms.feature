@ikev1 @phase1 @main-mode
Feature: Algorithms of phase 1
  Each cipher, hash and group of the IKE SA that both sides have is negotiated alone (RFC 2409 section 4 and appendix A;
  RFC 3526, 5114, 5903, 6932 and 8031 for the groups), and both sides then speak with it: messages 5 and 6 decrypt with the
  negotiated key, and the public values have the length that the group demands.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-ALG-001 @must @judges:both @clause:RFC2409-4-03 @clause:RFC2409-B-01 @clause:RFC2409-B-04
  Scenario Outline: <encryption> protects phase 1
    Given phase 1 uses <encryption>, HMAC-SHA1 and ECP-256
    When <initiator> starts phase 1 in main mode
    Then phase 1 is established with <encryption>, HMAC-SHA1 and ECP-256
    And east's own list has the IKE SA with <encryption>, HMAC-SHA1 and ECP-256
    And every public value is as long as ECP-256 demands
    And an observer who has only the encryption key reads every message

    @responder @clause:RFC4109-3-01
    Examples: 3DES-CBC, the peer responds
      | initiator | encryption |
      | west      | 3DES-CBC   |

    @responder
    Examples: the peer responds
      | initiator | encryption       |
      | west      | AES-CBC-128      |
      | west      | AES-CBC-192      |
      | west      | AES-CBC-256      |
      | west      | CAMELLIA-CBC-128 |
      | west      | CAMELLIA-CBC-192 |
      | west      | CAMELLIA-CBC-256 |

    @initiator @clause:RFC4109-3-01
    Examples: 3DES-CBC, the peer initiates
      | initiator | encryption |
      | east      | 3DES-CBC   |

    @initiator
    Examples: the peer initiates
      | initiator | encryption       |
      | east      | AES-CBC-128      |
      | east      | AES-CBC-192      |
      | east      | AES-CBC-256      |
      | east      | CAMELLIA-CBC-128 |
      | east      | CAMELLIA-CBC-192 |
      | east      | CAMELLIA-CBC-256 |

  @id:IKE1-ALG-002 @must @judges:both @clause:RFC2409-4-03 @clause:RFC2409-5-13 @clause:RFC2409-5-14 @clause:RFC2409-5-15
  Scenario Outline: <hash> is the hash of phase 1
    Given phase 1 uses AES-CBC-128, <hash> and ECP-256
    When <initiator> starts phase 1 in main mode
    Then phase 1 is established with AES-CBC-128, <hash> and ECP-256
    And east's own list has the IKE SA with AES-CBC-128, <hash> and ECP-256
    And every public value is as long as ECP-256 demands
    And an observer who has only the encryption key reads every message

    @responder
    Examples: the peer responds
      | initiator | hash          |
      | west      | HMAC-MD5      |
      | west      | HMAC-SHA1     |
      | west      | HMAC-SHA2-256 |
      | west      | HMAC-SHA2-384 |
      | west      | HMAC-SHA2-512 |

    @initiator
    Examples: the peer initiates
      | initiator | hash          |
      | east      | HMAC-MD5      |
      | east      | HMAC-SHA1     |
      | east      | HMAC-SHA2-256 |
      | east      | HMAC-SHA2-384 |
      | east      | HMAC-SHA2-512 |

  @id:IKE1-ALG-003 @must @judges:both @clause:RFC2409-4-03 @clause:RFC2409-5-07
  Scenario Outline: <group> is the group of phase 1
    Given phase 1 uses AES-CBC-128, HMAC-SHA2-256 and <group>
    When <initiator> starts phase 1 in main mode
    Then phase 1 is established with AES-CBC-128, HMAC-SHA2-256 and <group>
    And east's own list has the IKE SA with AES-CBC-128, HMAC-SHA2-256 and <group>
    And every public value is as long as <group> demands
    And an observer who has only the encryption key reads every message

    @responder @clause:RFC4109-3-05
    Examples: MODP-1024, the peer responds
      | initiator | group     |
      | west      | MODP-1024 |

    @responder @clause:RFC3526-2-01
    Examples: MODP-1536, the peer responds
      | initiator | group     |
      | west      | MODP-1536 |

    @responder @clause:RFC3526-4-01
    Examples: MODP-3072, the peer responds
      | initiator | group     |
      | west      | MODP-3072 |

    @responder
    Examples: the peer responds
      | initiator | group         |
      | west      | MODP-768      |
      | west      | MODP-2048     |
      | west      | MODP-1024-160 |
      | west      | MODP-2048-224 |
      | west      | MODP-2048-256 |
      | west      | ECP-256       |
      | west      | ECP-384       |
      | west      | ECP-521       |
      | west      | BRAINPOOL-224 |
      | west      | BRAINPOOL-256 |
      | west      | BRAINPOOL-384 |
      | west      | BRAINPOOL-512 |
      | west      | CURVE25519    |

    @initiator @clause:RFC4109-3-05
    Examples: MODP-1024, the peer initiates
      | initiator | group     |
      | east      | MODP-1024 |

    @initiator @clause:RFC3526-2-01
    Examples: MODP-1536, the peer initiates
      | initiator | group     |
      | east      | MODP-1536 |

    @initiator @clause:RFC3526-4-01
    Examples: MODP-3072, the peer initiates
      | initiator | group     |
      | east      | MODP-3072 |

    @initiator
    Examples: the peer initiates
      | initiator | group         |
      | east      | MODP-768      |
      | east      | MODP-2048     |
      | east      | MODP-1024-160 |
      | east      | MODP-2048-224 |
      | east      | MODP-2048-256 |
      | east      | ECP-256       |
      | east      | ECP-384       |
      | east      | ECP-521       |
      | east      | BRAINPOOL-224 |
      | east      | BRAINPOOL-256 |
      | east      | BRAINPOOL-384 |
      | east      | BRAINPOOL-512 |
      | east      | CURVE25519    |

    @responder @clause:RFC3526-5-01
    Examples: a group that takes seconds, the peer responds
      | initiator | group     |
      | west      | MODP-4096 |

    @initiator
    Examples: groups that take seconds, the peer initiates
      | initiator | group     |
      | east      | MODP-6144 |
      | east      | MODP-8192 |
