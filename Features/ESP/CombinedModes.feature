@esp @tunnel-mode
Feature: ESP in tunnel mode with combined modes
  One key encrypts and authenticates (RFC 4106, RFC 4309), or authenticates alone (RFC 4543). SPI and sequence number are
  authenticated beside the ciphertext, the IV because it is part of the nonce. Each packet has an IV of its own.

  Background:
    Given west and east share a pre-shared key

  @id:ESP-GCM-001 @must @judges:peer @clause:RFC4303-2-02 @clause:RFC4303-3.3.2.1-01 @clause:RFC4303-2.8-01 @clause:RFC4303-3.1.2-03 @clause:RFC4303-2.6-03 @clause:RFC4106-3.1-01 @clause:RFC4106-4-01 @clause:RFC4106-5-01 @clause:RFC4106-8.1-01 @clause:RFC4303-1-01 @clause:RFC8221-5-01
  Scenario Outline: AES-GCM packet by packet: <suite>
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
    And no two ESP frames from east have the same IV

    @responder
    Examples: the peer responds
      | initiator | suite          | icv |
      | west      | AES-GCM-8-128  | 8   |
      | west      | AES-GCM-8-192  | 8   |
      | west      | AES-GCM-8-256  | 8   |
      | west      | AES-GCM-12-128 | 12  |
      | west      | AES-GCM-12-192 | 12  |
      | west      | AES-GCM-12-256 | 12  |
      | west      | AES-GCM-16-128 | 16  |
      | west      | AES-GCM-16-192 | 16  |
      | west      | AES-GCM-16-256 | 16  |

    @initiator
    Examples: the peer initiates
      | initiator | suite          | icv |
      | east      | AES-GCM-8-256  | 8   |
      | east      | AES-GCM-12-256 | 12  |
      | east      | AES-GCM-16-256 | 16  |

  @id:ESP-CCM-001 @must @judges:peer @clause:RFC4303-2-02 @clause:RFC4303-3.3.2.1-01 @clause:RFC4303-2.8-01 @clause:RFC4303-3.1.2-03 @clause:RFC4303-2.6-03 @clause:RFC4309-2-01 @clause:RFC4309-3.1-01 @clause:RFC4309-4-01 @clause:RFC4309-5-01 @clause:RFC4309-7.1-01
  Scenario Outline: AES-CCM packet by packet: <suite>
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
    And no two ESP frames from east have the same IV

    @responder
    Examples: the peer responds
      | initiator | suite          | icv |
      | west      | AES-CCM-8-128  | 8   |
      | west      | AES-CCM-8-192  | 8   |
      | west      | AES-CCM-8-256  | 8   |
      | west      | AES-CCM-12-128 | 12  |
      | west      | AES-CCM-12-192 | 12  |
      | west      | AES-CCM-12-256 | 12  |
      | west      | AES-CCM-16-128 | 16  |
      | west      | AES-CCM-16-192 | 16  |
      | west      | AES-CCM-16-256 | 16  |

    @initiator
    Examples: the peer initiates
      | initiator | suite          | icv |
      | east      | AES-CCM-8-256  | 8   |
      | east      | AES-CCM-12-256 | 12  |
      | east      | AES-CCM-16-256 | 16  |

  @id:ESP-GMC-001 @must @judges:peer @clause:RFC4303-2-02 @clause:RFC4303-3.3.2.1-01 @clause:RFC4303-2.8-01 @clause:RFC4303-3.1.2-03 @clause:RFC4303-2.6-03 @clause:RFC4543-3.1-01 @clause:RFC4543-3.3-01 @clause:RFC4543-3.4-01 @clause:RFC4543-5.4-01
  Scenario Outline: AES-GMAC packet by packet: <suite>
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
      | payload: the inner IP packet                    | as sent | no        | yes           |
      | ESP trailer: padding, pad length, next header 4 | to 4    | no        | yes           |
      | ICV                                             | 16      | no        | is it         |
    And every ESP frame shows what it carries
    And no two ESP frames from east have the same IV

    @responder
    Examples: the peer responds
      | initiator | suite        |
      | west      | AES-GMAC-128 |
      | west      | AES-GMAC-192 |
      | west      | AES-GMAC-256 |

    @initiator
    Examples: the peer initiates
      | initiator | suite        |
      | east      | AES-GMAC-256 |
