@ikev1 @phase1 @certificates
Feature: Certificates
  With signatures a side must know whose key signed. Certificates say it: they cross the wire in phase 1 when the other side
  asks for them (RFC 2408 sections 3.9 and 3.10), in any order and in any message, and they are believed when a path of
  valid ones leads to an authority that the receiver trusts (RFC 4945 section 5).

  Background:
    Given both sides authenticate with RSA signatures

  @id:IKE1-CE-001 @must @judges:both @clause:RFC2408-3.10-02 @clause:RFC2409-5-09
  Scenario Outline: Who is asked for a certificate sends it, in <mode> mode
    Given phase 1 runs in <mode> mode
    When <initiator> starts phase 1
    Then phase 1 is established
    And east sends its certificate, for it was asked
    And both sides send 1 certificate

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

  @id:IKE1-CE-002 @must @judges:peer @main-mode @clause:RFC2408-3.10-01 @clause:RFC2408-3.10-02
  Scenario Outline: A certificate request in message <message> alone is heeded
    Given west asks for east's certificate in message <message> and no other
    When <initiator> starts phase 1
    Then phase 1 is established nevertheless
    And east sends its certificate, for it was asked

    @responder
    Examples: the peer responds
      | initiator | message |
      | west      | 1       |
      | west      | 3       |
      | west      | 5       |

    @initiator
    Examples: the peer initiates
      | initiator | message |
      | east      | 2       |
      | east      | 4       |

  @id:IKE1-CE-003 @must @judges:peer @main-mode @clause:RFC2408-3.9-01
  Scenario Outline: A certificate in message <message> as well does no harm
    Given west sends its certificate in message <message> as well
    When <initiator> starts phase 1
    Then phase 1 is established nevertheless

    @responder
    Examples: the peer responds
      | initiator | message |
      | west      | 1       |
      | west      | 3       |
      | west      | 5       |

    @initiator
    Examples: the peer initiates
      | initiator | message |
      | east      | 2       |
      | east      | 4       |
      | east      | 6       |

  @id:IKE1-CE-004 @must @judges:both @main-mode @clause:RFC4945-3.3.10.3-01 @clause:RFC2409-5.1-03
  Scenario Outline: Certificates may stand <where> everything else, the issuer's before or behind its subject's
    Given 1 authority stands between each certificate and the trusted one
    And west puts its certificate <where> everything else in message <message>
    When <initiator> starts phase 1
    Then phase 1 is established nevertheless

    @responder
    Examples: the peer responds
      | initiator | message | where       |
      | west      | 5       | in front of |
      | west      | 5       | behind      |

    @initiator
    Examples: the peer initiates
      | initiator | message | where       |
      | east      | 6       | in front of |
      | east      | 6       | behind      |

  @id:IKE1-CE-005 @may @judges:both @clause:RFC2409-5.1-03
  Scenario Outline: Certificates that both sides have beforehand need not be sent, in <mode> mode
    Given phase 1 runs in <mode> mode
    And both sides have each other's certificate, and neither send nor ask
    When <initiator> starts phase 1
    Then phase 1 is established
    And no message holds a certificate or a request for one
    And the proofs of both sides cover what crossed the wire

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

  @id:IKE1-CE-006 @must @judges:both @clause:RFC4945-5-01
  Scenario Outline: A path over <intermediates> further authorities with <authority> keys to a certificate with an <key> key is believed
    Given both sides authenticate with <method> signatures
    And <intermediates> authorities stand between each certificate and the trusted one
    And the authorities have <authority> keys
    And the certificates have <key> keys
    When <initiator> starts phase 1
    Then both sides hold an established IKE SA with the same cookies
    And both sides send <sent> certificates
    And the proofs of both sides cover what crossed the wire

    @responder
    Examples: the peer responds
      | initiator | method    | key       | authority | intermediates | sent |
      | west      | RSA       | RSA-2048  | RSA-2048  | 0             | 1    |
      | west      | RSA       | RSA-2048  | RSA-3072  | 2             | 3    |
      | west      | RSA       | RSA-3072  | ECDSA-256 | 0             | 1    |
      | west      | RSA       | RSA-2048  | ECDSA-384 | 2             | 3    |
      | west      | ECDSA-256 | ECDSA-256 | ECDSA-256 | 2             | 3    |
      | west      | ECDSA-384 | ECDSA-384 | ECDSA-521 | 0             | 1    |
      | west      | ECDSA-521 | ECDSA-521 | RSA-2048  | 0             | 1    |

    @initiator
    Examples: the peer initiates
      | initiator | method    | key       | authority | intermediates | sent |
      | east      | RSA       | RSA-2048  | RSA-2048  | 0             | 1    |
      | east      | RSA       | RSA-2048  | RSA-3072  | 2             | 3    |
      | east      | RSA       | RSA-3072  | ECDSA-256 | 0             | 1    |
      | east      | RSA       | RSA-2048  | ECDSA-384 | 2             | 3    |
      | east      | ECDSA-256 | ECDSA-256 | ECDSA-256 | 2             | 3    |
      | east      | ECDSA-384 | ECDSA-384 | ECDSA-521 | 0             | 1    |
      | east      | ECDSA-521 | ECDSA-521 | RSA-2048  | 0             | 1    |

  @id:IKE1-CE-007 @must @judges:both @clause:RFC4945-5.2-01
  Scenario Outline: With current revocation lists a certificate that is not on them is believed
    Given both sides demand current revocation lists, which the authorities have published
    When <initiator> starts phase 1
    Then both sides hold an established IKE SA with the same cookies

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |

  @id:IKE1-CE-008 @must @judges:peer @negative @clause:RFC4945-5-01 @clause:RFC4945-5.2-01
  Scenario Outline: The peer does not accept a certificate in <mode> mode that <flaw>
    Given phase 1 runs in <mode> mode
    And west's certificate <flaw>
    When <initiator> starts phase 1
    Then east does not accept west

    @responder
    Examples: the peer responds
      | initiator | mode       | flaw                                       |
      | west      | main       | has expired                                |
      | west      | main       | is not valid yet                           |
      | west      | main       | is revoked                                 |
      | west      | main       | comes from an unknown authority            |
      | west      | main       | is forged                                  |
      | west      | main       | was issued by somebody who is no authority |
      | west      | aggressive | has expired                                |
      | west      | aggressive | comes from an unknown authority            |
      | west      | aggressive | is forged                                  |

    @initiator
    Examples: the peer initiates
      | initiator | mode       | flaw                                       |
      | east      | main       | has expired                                |
      | east      | main       | is not valid yet                           |
      | east      | main       | is revoked                                 |
      | east      | main       | comes from an unknown authority            |
      | east      | main       | is forged                                  |
      | east      | main       | was issued by somebody who is no authority |
      | east      | aggressive | has expired                                |
      | east      | aggressive | comes from an unknown authority            |
      | east      | aggressive | is forged                                  |

  @id:IKE1-CE-009 @must @judges:self @negative @clause:RFC4945-5-01 @clause:RFC4945-5.2-01
  Scenario Outline: The suite's own gateway does not accept a certificate in <mode> mode that <flaw>
    Given phase 1 runs in <mode> mode
    And east's certificate <flaw>
    When <initiator> starts phase 1
    Then west does not accept east, because east's certificate <flaw>

    Examples: as the one that starts
      | initiator | mode       | flaw                                       |
      | west      | main       | has expired                                |
      | west      | main       | is not valid yet                           |
      | west      | main       | is revoked                                 |
      | west      | main       | comes from an unknown authority            |
      | west      | main       | is forged                                  |
      | west      | main       | was issued by somebody who is no authority |
      | west      | aggressive | has expired                                |
      | west      | aggressive | comes from an unknown authority            |
      | west      | aggressive | is forged                                  |

    Examples: as the one that answers
      | initiator | mode       | flaw                                       |
      | east      | main       | has expired                                |
      | east      | main       | is not valid yet                           |
      | east      | main       | is revoked                                 |
      | east      | main       | comes from an unknown authority            |
      | east      | main       | is forged                                  |
      | east      | main       | was issued by somebody who is no authority |
      | east      | aggressive | has expired                                |
      | east      | aggressive | comes from an unknown authority            |
      | east      | aggressive | is forged                                  |

  @id:IKE1-CE-010 @must @judges:peer @negative @clause:RFC4945-3.1-01 @clause:RFC2407-4.6.2.1-01 @clause:RFC4301-4.4.3.2-01
  Scenario Outline: The peer does not accept an identity in <mode> mode that the certificate does not hold
    Given phase 1 runs in <mode> mode
    And west's certificate holds another identity
    When <initiator> starts phase 1
    Then east does not accept west

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

  @id:IKE1-CE-011 @must @judges:self @negative @clause:RFC4945-3.1-01 @clause:RFC2407-4.6.2.1-01
  Scenario Outline: The suite's own gateway does not accept an identity in <mode> mode that the certificate does not hold
    Given phase 1 runs in <mode> mode
    And east's certificate holds another identity
    When <initiator> starts phase 1
    Then west does not accept east, because east's certificate holds another identity

    # Not with east as the initiator: a peer may refuse to claim what its own certificate does not hold.
    Examples: as the one that starts
      | initiator | mode       |
      | west      | main       |
      | west      | aggressive |
