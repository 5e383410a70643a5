@esp @transport-mode
Feature: ESP in transport mode
  In transport mode the hosts' own IP header stays, with protocol 50 in it, and ESP protects what follows it (RFC 4303
  section 3.1.1): the addresses are those of the hosts, and the next header in the trailer is the protocol of what they sent.

  Background:
    Given west and east share a pre-shared key

  @id:ESP-TRN-001 @must @judges:peer @clause:RFC4303-2-02 @clause:RFC4303-3.3.2.1-01 @clause:RFC4303-2.8-01 @clause:RFC4303-3.1.1-01 @clause:RFC4303-2.6-03 @clause:RFC4301-4.1-05 @clause:RFC4303-2-01
  Scenario Outline: <suite> in transport mode, packet by packet
    Given phase 2 uses <suite>
    And phase 2 runs in transport mode
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in transport mode with matching SPIs
    And a ping from west to east is answered
    And the frames on the wire are ESP between the gateways only
    And each ESP packet from east consists of
      | section                                         | bytes      | encrypted | ICV covers it |
      | IP header: the hosts' own, protocol 50          | 20         | no        | no            |
      | ESP header: SPI, sequence number                | 4 + 4      | no        | yes           |
      | IV                                              | <iv>       | no        | yes           |
      | payload: the ICMP message                       | as sent    | yes       | yes           |
      | ESP trailer: padding, pad length, next header 1 | to <align> | yes       | yes           |
      | ICV                                             | <icv>      | no        | is it         |
    And every ESP frame carries the ICMP echo that was sent in transport mode

    @responder
    Examples: the peer responds
      | initiator | suite                                  | iv | align | icv |
      | west      | 3DES-CBC and HMAC-SHA2-256-128         | 8  | 8     | 16  |
      | west      | AES-CBC-128 and HMAC-SHA2-256-128      | 16 | 16    | 16  |
      | west      | AES-CBC-192 and HMAC-SHA2-256-128      | 16 | 16    | 16  |
      | west      | AES-CBC-256 and HMAC-SHA2-256-128      | 16 | 16    | 16  |
      | west      | CAMELLIA-CBC-128 and HMAC-SHA2-256-128 | 16 | 16    | 16  |
      | west      | CAMELLIA-CBC-192 and HMAC-SHA2-256-128 | 16 | 16    | 16  |
      | west      | CAMELLIA-CBC-256 and HMAC-SHA2-256-128 | 16 | 16    | 16  |
      | west      | AES-CTR-128 and HMAC-SHA2-256-128      | 8  | 4     | 16  |
      | west      | AES-CTR-192 and HMAC-SHA2-256-128      | 8  | 4     | 16  |
      | west      | AES-CTR-256 and HMAC-SHA2-256-128      | 8  | 4     | 16  |
      | west      | AES-CBC-128 and HMAC-MD5-96            | 16 | 16    | 12  |
      | west      | AES-CBC-128 and HMAC-SHA1-96           | 16 | 16    | 12  |
      | west      | AES-CBC-128 and HMAC-SHA2-384-192      | 16 | 16    | 24  |
      | west      | AES-CBC-128 and HMAC-SHA2-512-256      | 16 | 16    | 32  |
      | west      | AES-CBC-128 and AES-XCBC-96            | 16 | 16    | 12  |
      | west      | AES-GCM-8-128                          | 8  | 4     | 8   |
      | west      | AES-GCM-8-256                          | 8  | 4     | 8   |
      | west      | AES-GCM-12-128                         | 8  | 4     | 12  |
      | west      | AES-GCM-12-256                         | 8  | 4     | 12  |
      | west      | AES-GCM-16-128                         | 8  | 4     | 16  |
      | west      | AES-GCM-16-256                         | 8  | 4     | 16  |
      | west      | AES-CCM-8-128                          | 8  | 4     | 8   |
      | west      | AES-CCM-8-256                          | 8  | 4     | 8   |
      | west      | AES-CCM-12-128                         | 8  | 4     | 12  |
      | west      | AES-CCM-12-256                         | 8  | 4     | 12  |
      | west      | AES-CCM-16-128                         | 8  | 4     | 16  |
      | west      | AES-CCM-16-256                         | 8  | 4     | 16  |

    @initiator
    Examples: the peer initiates
      | initiator | suite                             | iv | align | icv |
      | east      | AES-CBC-128 and HMAC-SHA2-256-128 | 16 | 16    | 16  |
      | east      | AES-CTR-128 and HMAC-SHA1-96      | 8  | 4     | 12  |
      | east      | AES-GCM-16-128                    | 8  | 4     | 16  |
      | east      | AES-GCM-16-256                    | 8  | 4     | 16  |
      | east      | AES-CCM-16-128                    | 8  | 4     | 16  |
      | east      | 3DES-CBC and HMAC-MD5-96          | 8  | 8     | 12  |

  @id:ESP-TRN-002 @must @judges:peer @clause:RFC4303-2-02 @clause:RFC4303-3.3.2.1-01 @clause:RFC4303-2.8-01 @clause:RFC4303-3.1.1-01 @clause:RFC4303-2.6-03 @clause:RFC2410-2.2-01 @clause:RFC4303-1-01
  Scenario Outline: <suite> in transport mode, which can be read
    Given phase 2 uses <suite>
    And phase 2 runs in transport mode
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in transport mode with matching SPIs
    And a ping from west to east is answered
    And the frames on the wire are ESP between the gateways only
    And each ESP packet from east consists of
      | section                                         | bytes   | encrypted | ICV covers it |
      | IP header: the hosts' own, protocol 50          | 20      | no        | no            |
      | ESP header: SPI, sequence number                | 4 + 4   | no        | yes           |
      | IV                                              | <iv>    | no        | yes           |
      | payload: the ICMP message                       | as sent | no        | yes           |
      | ESP trailer: padding, pad length, next header 1 | to 4    | no        | yes           |
      | ICV                                             | <icv>   | no        | is it         |
    And every ESP frame shows what it carries
    And every ESP frame carries the ICMP echo that was sent in transport mode

    @responder
    Examples: the peer responds
      | initiator | suite                      | iv | icv |
      | west      | NULL and HMAC-MD5-96       | 0  | 12  |
      | west      | NULL and HMAC-SHA1-96      | 0  | 12  |
      | west      | NULL and HMAC-SHA2-256-128 | 0  | 16  |
      | west      | NULL and HMAC-SHA2-384-192 | 0  | 24  |
      | west      | NULL and HMAC-SHA2-512-256 | 0  | 32  |
      | west      | NULL and AES-XCBC-96       | 0  | 12  |
      | west      | AES-GMAC-128               | 8  | 16  |
      | west      | AES-GMAC-192               | 8  | 16  |
      | west      | AES-GMAC-256               | 8  | 16  |

    @initiator
    Examples: the peer initiates
      | initiator | suite                      | iv | icv |
      | east      | AES-GMAC-128               | 8  | 16  |
      | east      | NULL and HMAC-SHA2-256-128 | 0  | 16  |
