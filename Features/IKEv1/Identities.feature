@ikev1 @phase1 @identities
Feature: Identities of phase 1
  What a side proves in phase 1 is that it is the one whom its identification payload names: a name, an address, a
  distinguished name or an opaque key ID (RFC 2407 section 4.6.2). Which of them a gateway uses is a matter of
  configuration, so gateways of different makers have to understand all of them.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-ID-001 @must @judges:both @aggressive-mode @clause:RFC2407-4.6.2-02 @clause:RFC2407-4.6.2-01
  Scenario Outline: A pre-shared key belongs to an <type> in aggressive mode
    Given phase 1 runs in aggressive mode
    And both sides are known by an <type>
    When <initiator> starts phase 1
    Then both sides hold an established IKE SA with the same cookies
    And each side claims the identity that its policy names
    And every identity from east has data in the form of its type
    And every phase 1 identity from east has protocol and port 0 and 0, or 17 and 500
    And the proofs of both sides cover what crossed the wire

    @responder
    Examples: the peer responds
      | initiator | type           |
      | west      | ID_FQDN        |
      | west      | ID_USER_FQDN   |
      | west      | ID_IPV4_ADDR   |
      | west      | ID_IPV6_ADDR   |
      | west      | ID_DER_ASN1_DN |
      | west      | ID_KEY_ID      |

    @initiator
    Examples: the peer initiates
      | initiator | type           |
      | east      | ID_FQDN        |
      | east      | ID_USER_FQDN   |
      | east      | ID_IPV4_ADDR   |
      | east      | ID_IPV6_ADDR   |
      | east      | ID_DER_ASN1_DN |
      | east      | ID_KEY_ID      |

  @id:IKE1-ID-002 @must @judges:both @main-mode @clause:RFC2407-4.6.2-02 @clause:RFC2407-4.6.2-01
  Scenario Outline: A pre-shared key belongs to an address in main mode, and the identity is an <type>
    Given both sides are known by an <type>
    When <initiator> starts phase 1
    Then both sides hold an established IKE SA with the same cookies
    And each side claims the identity that its policy names
    And every identity from east has data in the form of its type
    And every phase 1 identity from east has protocol and port 0 and 0, or 17 and 500

    @responder
    Examples: the peer responds
      | initiator | type           |
      | west      | ID_FQDN        |
      | west      | ID_USER_FQDN   |
      | west      | ID_IPV4_ADDR   |
      | west      | ID_IPV6_ADDR   |
      | west      | ID_DER_ASN1_DN |
      | west      | ID_KEY_ID      |

    @initiator
    Examples: the peer initiates
      | initiator | type           |
      | east      | ID_FQDN        |
      | east      | ID_USER_FQDN   |
      | east      | ID_IPV4_ADDR   |
      | east      | ID_IPV6_ADDR   |
      | east      | ID_DER_ASN1_DN |
      | east      | ID_KEY_ID      |

  @id:IKE1-ID-003 @must @judges:both @certificates @clause:RFC2407-4.6.2-02 @clause:RFC4945-3.1-01 @clause:RFC2407-4.6.2.1-01
  Scenario Outline: A certificate holds an <type> in <mode> mode
    Given both sides authenticate with RSA signatures
    And phase 1 runs in <mode> mode
    And both sides are known by an <type>
    When <initiator> starts phase 1
    Then both sides hold an established IKE SA with the same cookies
    And each side claims the identity that its policy names
    And every identity from east has data in the form of its type
    And every phase 1 identity from east has protocol and port 0 and 0, or 17 and 500

    @responder
    Examples: the peer responds
      | initiator | mode       | type           |
      | west      | main       | ID_FQDN        |
      | west      | main       | ID_USER_FQDN   |
      | west      | main       | ID_IPV4_ADDR   |
      | west      | main       | ID_IPV6_ADDR   |
      | west      | main       | ID_DER_ASN1_DN |
      | west      | aggressive | ID_FQDN        |
      | west      | aggressive | ID_USER_FQDN   |
      | west      | aggressive | ID_IPV4_ADDR   |
      | west      | aggressive | ID_IPV6_ADDR   |
      | west      | aggressive | ID_DER_ASN1_DN |

    @initiator
    Examples: the peer initiates
      | initiator | mode       | type           |
      | east      | main       | ID_FQDN        |
      | east      | main       | ID_USER_FQDN   |
      | east      | main       | ID_IPV4_ADDR   |
      | east      | main       | ID_IPV6_ADDR   |
      | east      | main       | ID_DER_ASN1_DN |
      | east      | aggressive | ID_FQDN        |
      | east      | aggressive | ID_USER_FQDN   |
      | east      | aggressive | ID_IPV4_ADDR   |
      | east      | aggressive | ID_IPV6_ADDR   |
      | east      | aggressive | ID_DER_ASN1_DN |

  @id:IKE1-ID-004 @must @judges:both @esp @phase2 @quick-mode @clause:RFC2407-4.6.2-02
  Scenario Outline: The identities of quick mode are networks, an address and behind it a mask
    When <initiator> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And every identity from east has data in the form of its type

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |

  @id:IKE1-ID-005 @must @judges:both @clause:RFC2407-4.6.2-02
  Scenario Outline: Who demands no identity in particular takes each that is proved, in <mode> mode
    Given phase 1 runs in <mode> mode
    And both sides take any identity that is proved
    When <initiator> starts phase 1
    Then both sides hold an established IKE SA with the same cookies
    And each side claims the identity that its policy names

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

  @id:IKE1-ID-006 @must @judges:peer @negative @clause:RFC2407-4.6.2-01
  Scenario Outline: A phase 1 identity for protocol <protocol> and port <port> in <mode> mode ends the setup
    Given phase 1 runs in <mode> mode
    And west's identity has protocol <protocol> and port <port>
    When <initiator> starts phase 1
    Then east does not accept west

    @responder
    Examples: the peer responds
      | initiator | mode       | protocol | port |
      | west      | main       | 6        | 80   |
      | west      | main       | 17       | 4711 |
      | west      | aggressive | 6        | 80   |
      | west      | aggressive | 17       | 4711 |

    @initiator
    Examples: the peer initiates
      | initiator | mode       | protocol | port |
      | east      | main       | 6        | 80   |
      | east      | main       | 17       | 4711 |
      | east      | aggressive | 6        | 80   |
      | east      | aggressive | 17       | 4711 |

  @id:IKE1-ID-007 @must @judges:both @negative @clause:RFC2408-5.8-02 @clause:RFC2408-5.8-01
  Scenario Outline: An identity that the policy does not name is not accepted in <mode> mode with <method>
    Given both sides authenticate with <method>
    And phase 1 runs in <mode> mode
    And east demands another identity of west
    When <initiator> starts phase 1
    Then east does not accept west

    @responder
    Examples: the peer responds
      | initiator | mode       | method          |
      | west      | main       | pre-shared keys |
      | west      | main       | RSA signatures  |
      | west      | aggressive | pre-shared keys |
      | west      | aggressive | RSA signatures  |

    @initiator
    Examples: the peer initiates
      | initiator | mode       | method          |
      | east      | main       | pre-shared keys |
      | east      | main       | RSA signatures  |
      | east      | aggressive | pre-shared keys |
      | east      | aggressive | RSA signatures  |
