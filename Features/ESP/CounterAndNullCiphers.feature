@esp @tunnel-mode
Feature: ESP in tunnel mode with counter mode and without encryption
  Counter mode and NULL need no whole blocks: they pad to four octets (RFC 3686 section 3.1, RFC 2410 section 3). NULL has
  no IV, and what it carries can be read; the ICV covers the same octets as ever.

  Background:
    Given west and east share a pre-shared key

  @id:ESP-CTR-001 @must @judges:peer @clause:RFC4303-2-02 @clause:RFC4303-3.3.2.1-01 @clause:RFC4303-2.8-01 @clause:RFC4303-3.1.2-03 @clause:RFC4303-2.6-03 @clause:RFC4303-2.4-01
  Scenario Outline: AES-CTR packet by packet: <suite>
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
      | ESP trailer: padding, pad length, next header 4 | to 4    | yes       | yes           |
      | ICV                                             | <icv>   | no        | is it         |

    @responder
    Examples: the peer responds
      | initiator | suite                             | icv |
      | west      | AES-CTR-128 and HMAC-MD5-96       | 12  |
      | west      | AES-CTR-128 and HMAC-SHA1-96      | 12  |
      | west      | AES-CTR-128 and HMAC-SHA2-256-128 | 16  |
      | west      | AES-CTR-128 and HMAC-SHA2-384-192 | 24  |
      | west      | AES-CTR-128 and HMAC-SHA2-512-256 | 32  |
      | west      | AES-CTR-128 and AES-XCBC-96       | 12  |
      | west      | AES-CTR-192 and HMAC-MD5-96       | 12  |
      | west      | AES-CTR-192 and HMAC-SHA1-96      | 12  |
      | west      | AES-CTR-192 and HMAC-SHA2-256-128 | 16  |
      | west      | AES-CTR-192 and HMAC-SHA2-384-192 | 24  |
      | west      | AES-CTR-192 and HMAC-SHA2-512-256 | 32  |
      | west      | AES-CTR-192 and AES-XCBC-96       | 12  |
      | west      | AES-CTR-256 and HMAC-MD5-96       | 12  |
      | west      | AES-CTR-256 and HMAC-SHA1-96      | 12  |
      | west      | AES-CTR-256 and HMAC-SHA2-256-128 | 16  |
      | west      | AES-CTR-256 and HMAC-SHA2-384-192 | 24  |
      | west      | AES-CTR-256 and HMAC-SHA2-512-256 | 32  |
      | west      | AES-CTR-256 and AES-XCBC-96       | 12  |

    @initiator
    Examples: the peer initiates
      | initiator | suite                             | icv |
      | east      | AES-CTR-128 and HMAC-SHA2-256-128 | 16  |
      | east      | AES-CTR-192 and HMAC-SHA2-256-128 | 16  |
      | east      | AES-CTR-256 and HMAC-SHA2-256-128 | 16  |

  @id:ESP-NUL-001 @must @judges:peer @clause:RFC4303-2-02 @clause:RFC4303-3.3.2.1-01 @clause:RFC4303-2.8-01 @clause:RFC4303-3.1.2-03 @clause:RFC4303-2.6-03 @clause:RFC2410-2.2-01 @clause:RFC2410-3-01 @clause:RFC4303-1-01 @clause:RFC8221-5-01
  Scenario Outline: NULL packet by packet: <suite>
    Given phase 2 uses <suite>
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    And a ping from behind west to behind east is answered
    And the frames on the wire are ESP between the gateways only
    And each ESP packet from east consists of
      | section                                         | bytes   | encrypted | ICV covers it |
      | IP header: from gateway to gateway, protocol 50 | 20      | no        | no            |
      | ESP header: SPI, sequence number                | 4 + 4   | no        | yes           |
      | payload: the inner IP packet                    | as sent | no        | yes           |
      | ESP trailer: padding, pad length, next header 4 | to 4    | no        | yes           |
      | ICV                                             | <icv>   | no        | is it         |
    And every ESP frame shows what it carries

    @responder
    Examples: the peer responds
      | initiator | suite                      | icv |
      | west      | NULL and HMAC-MD5-96       | 12  |
      | west      | NULL and HMAC-SHA1-96      | 12  |
      | west      | NULL and HMAC-SHA2-256-128 | 16  |
      | west      | NULL and HMAC-SHA2-384-192 | 24  |
      | west      | NULL and HMAC-SHA2-512-256 | 32  |
      | west      | NULL and AES-XCBC-96       | 12  |

    @initiator
    Examples: the peer initiates
      | initiator | suite                      | icv |
      | east      | NULL and HMAC-SHA2-256-128 | 16  |
      | east      | NULL and HMAC-SHA1-96      | 12  |
