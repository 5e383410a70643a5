@esp @tunnel-mode
Feature: ESP in tunnel mode with CBC ciphers
  Each cipher in CBC mode with each integrity algorithm: the SA comes about, carries an echo and its answer, and every
  captured packet is laid out as RFC 4303 sections 2 and 3.1.2 have it. The ICV is computed over the ciphertext, from the
  SPI to the next header, which is found out octet by octet.

  Background:
    Given west and east share a pre-shared key

  @id:ESP-CBC-001 @must @judges:peer @clause:RFC4303-2-02 @clause:RFC4303-3.3.2.1-01 @clause:RFC4303-2.8-01 @clause:RFC4303-3.1.2-03 @clause:RFC4303-2.6-03 @clause:RFC4301-4.5.2-01 @clause:RFC3602-2.4-01 @clause:RFC3602-2.2-01 @clause:RFC8221-5-01 @clause:RFC4301-3.2-01
  Scenario Outline: AES-CBC packet by packet: <suite>
    Given phase 2 uses <suite>
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    And a ping from behind west to behind east is answered
    And the frames on the wire are ESP between the gateways only
    And each ESP packet from east consists of
      | section                                         | bytes   | encrypted | ICV covers it |
      | IP header: from gateway to gateway, protocol 50 | 20      | no        | no            |
      | ESP header: SPI, sequence number                | 4 + 4   | no        | yes           |
      | IV                                              | 16      | no        | yes           |
      | payload: the inner IP packet                    | as sent | yes       | yes           |
      | ESP trailer: padding, pad length, next header 4 | to 16   | yes       | yes           |
      | ICV                                             | <icv>   | no        | is it         |

    @responder
    Examples: the peer responds
      | initiator | suite                        | icv |
      | west      | AES-CBC-128 and HMAC-MD5-96  | 12  |
      | west      | AES-CBC-128 and HMAC-SHA1-96 | 12  |
      | west      | AES-CBC-128 and AES-XCBC-96  | 12  |
      | west      | AES-CBC-192 and HMAC-MD5-96  | 12  |
      | west      | AES-CBC-192 and HMAC-SHA1-96 | 12  |
      | west      | AES-CBC-192 and AES-XCBC-96  | 12  |
      | west      | AES-CBC-256 and HMAC-MD5-96  | 12  |
      | west      | AES-CBC-256 and HMAC-SHA1-96 | 12  |
      | west      | AES-CBC-256 and AES-XCBC-96  | 12  |

    @initiator
    Examples: the peer initiates
      | initiator | suite                        | icv |
      | east      | AES-CBC-128 and HMAC-MD5-96  | 12  |
      | east      | AES-CBC-128 and HMAC-SHA1-96 | 12  |
      | east      | AES-CBC-128 and AES-XCBC-96  | 12  |

    @responder @clause:RFC4868-2.3-01 @clause:RFC4868-2.1.1-01 @clause:RFC8221-6-01
    Examples: SHA-2, the peer responds
      | initiator | suite                             | icv |
      | west      | AES-CBC-128 and HMAC-SHA2-256-128 | 16  |
      | west      | AES-CBC-128 and HMAC-SHA2-384-192 | 24  |
      | west      | AES-CBC-128 and HMAC-SHA2-512-256 | 32  |
      | west      | AES-CBC-192 and HMAC-SHA2-256-128 | 16  |
      | west      | AES-CBC-192 and HMAC-SHA2-384-192 | 24  |
      | west      | AES-CBC-192 and HMAC-SHA2-512-256 | 32  |
      | west      | AES-CBC-256 and HMAC-SHA2-256-128 | 16  |
      | west      | AES-CBC-256 and HMAC-SHA2-384-192 | 24  |
      | west      | AES-CBC-256 and HMAC-SHA2-512-256 | 32  |

    @initiator @clause:RFC4868-2.3-01 @clause:RFC4868-2.1.1-01 @clause:RFC8221-6-01
    Examples: SHA-2, the peer initiates
      | initiator | suite                             | icv |
      | east      | AES-CBC-128 and HMAC-SHA2-256-128 | 16  |
      | east      | AES-CBC-192 and HMAC-SHA2-256-128 | 16  |
      | east      | AES-CBC-256 and HMAC-SHA2-256-128 | 16  |
      | east      | AES-CBC-128 and HMAC-SHA2-384-192 | 24  |
      | east      | AES-CBC-128 and HMAC-SHA2-512-256 | 32  |

  @id:ESP-CBC-002 @must @judges:peer @clause:RFC4303-2-02 @clause:RFC4303-3.3.2.1-01 @clause:RFC4303-2.8-01 @clause:RFC4303-3.1.2-03 @clause:RFC4303-2.6-03 @clause:RFC4301-4.5.2-01
  Scenario Outline: CAMELLIA-CBC packet by packet: <suite>
    Given phase 2 uses <suite>
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    And a ping from behind west to behind east is answered
    And the frames on the wire are ESP between the gateways only
    And each ESP packet from east consists of
      | section                                         | bytes   | encrypted | ICV covers it |
      | IP header: from gateway to gateway, protocol 50 | 20      | no        | no            |
      | ESP header: SPI, sequence number                | 4 + 4   | no        | yes           |
      | IV                                              | 16      | no        | yes           |
      | payload: the inner IP packet                    | as sent | yes       | yes           |
      | ESP trailer: padding, pad length, next header 4 | to 16   | yes       | yes           |
      | ICV                                             | <icv>   | no        | is it         |

    @responder
    Examples: the peer responds
      | initiator | suite                             | icv |
      | west      | CAMELLIA-CBC-128 and HMAC-MD5-96  | 12  |
      | west      | CAMELLIA-CBC-128 and HMAC-SHA1-96 | 12  |
      | west      | CAMELLIA-CBC-128 and AES-XCBC-96  | 12  |
      | west      | CAMELLIA-CBC-192 and HMAC-MD5-96  | 12  |
      | west      | CAMELLIA-CBC-192 and HMAC-SHA1-96 | 12  |
      | west      | CAMELLIA-CBC-192 and AES-XCBC-96  | 12  |
      | west      | CAMELLIA-CBC-256 and HMAC-MD5-96  | 12  |
      | west      | CAMELLIA-CBC-256 and HMAC-SHA1-96 | 12  |
      | west      | CAMELLIA-CBC-256 and AES-XCBC-96  | 12  |

    @responder @clause:RFC4868-2.3-01 @clause:RFC4868-2.1.1-01 @clause:RFC8221-6-01
    Examples: SHA-2, the peer responds
      | initiator | suite                                  | icv |
      | west      | CAMELLIA-CBC-128 and HMAC-SHA2-256-128 | 16  |
      | west      | CAMELLIA-CBC-128 and HMAC-SHA2-384-192 | 24  |
      | west      | CAMELLIA-CBC-128 and HMAC-SHA2-512-256 | 32  |
      | west      | CAMELLIA-CBC-192 and HMAC-SHA2-256-128 | 16  |
      | west      | CAMELLIA-CBC-192 and HMAC-SHA2-384-192 | 24  |
      | west      | CAMELLIA-CBC-192 and HMAC-SHA2-512-256 | 32  |
      | west      | CAMELLIA-CBC-256 and HMAC-SHA2-256-128 | 16  |
      | west      | CAMELLIA-CBC-256 and HMAC-SHA2-384-192 | 24  |
      | west      | CAMELLIA-CBC-256 and HMAC-SHA2-512-256 | 32  |

    @initiator @clause:RFC4868-2.3-01 @clause:RFC4868-2.1.1-01 @clause:RFC8221-6-01
    Examples: SHA-2, the peer initiates
      | initiator | suite                                  | icv |
      | east      | CAMELLIA-CBC-128 and HMAC-SHA2-256-128 | 16  |
      | east      | CAMELLIA-CBC-192 and HMAC-SHA2-256-128 | 16  |
      | east      | CAMELLIA-CBC-256 and HMAC-SHA2-256-128 | 16  |

  @id:ESP-CBC-003 @must @judges:peer @clause:RFC4303-2-02 @clause:RFC4303-3.3.2.1-01 @clause:RFC4303-2.8-01 @clause:RFC4303-3.1.2-03 @clause:RFC4303-2.6-03 @clause:RFC4301-4.5.2-01
  Scenario Outline: 3DES-CBC packet by packet: <suite>
    Given phase 2 uses <suite>
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    And a ping from behind west to behind east is answered
    And the frames on the wire are ESP between the gateways only
    And each ESP packet from east consists of
      | section                                         | bytes   | encrypted | ICV covers it |
      | IP header: from gateway to gateway, protocol 50 | 20      | no        | no            |
      | ESP header: SPI, sequence number                | 4 + 4   | no        | yes           |
      | IV                                              | 8       | no        | yes           |
      | payload: the inner IP packet                    | as sent | yes       | yes           |
      | ESP trailer: padding, pad length, next header 4 | to 8    | yes       | yes           |
      | ICV                                             | <icv>   | no        | is it         |

    @responder
    Examples: the peer responds
      | initiator | suite                     | icv |
      | west      | 3DES-CBC and HMAC-MD5-96  | 12  |
      | west      | 3DES-CBC and HMAC-SHA1-96 | 12  |
      | west      | 3DES-CBC and AES-XCBC-96  | 12  |

    @responder @clause:RFC4868-2.3-01 @clause:RFC4868-2.1.1-01 @clause:RFC8221-6-01
    Examples: SHA-2, the peer responds
      | initiator | suite                          | icv |
      | west      | 3DES-CBC and HMAC-SHA2-256-128 | 16  |
      | west      | 3DES-CBC and HMAC-SHA2-384-192 | 24  |
      | west      | 3DES-CBC and HMAC-SHA2-512-256 | 32  |

    @initiator @clause:RFC4868-2.3-01 @clause:RFC4868-2.1.1-01 @clause:RFC8221-6-01
    Examples: SHA-2, the peer initiates
      | initiator | suite                          | icv |
      | east      | 3DES-CBC and HMAC-SHA2-256-128 | 16  |
