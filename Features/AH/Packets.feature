@ah
Feature: AH, packet by packet
  AH stands between an IP header and what it protects (RFC 4302 section 3.1), hides nothing, and covers both: of the IPv4
  header before it every field but those that change on the way (section 3.3.3.1.1.1), which is found out octet by octet.

  Background:
    Given west and east share a pre-shared key

  @id:AH-PKT-001 @must @judges:peer @tunnel-mode @clause:RFC4302-2-01 @clause:RFC4302-2.2-01 @clause:RFC4302-2.6-01 @clause:RFC4302-3.3.3-01 @clause:RFC4302-3.3.3.1.1.1-01 @clause:RFC4302-3.1.2-01
  Scenario Outline: <suite> in tunnel mode, packet by packet
    Given phase 2 uses <suite>
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    And a ping from behind west to behind east is answered
    And the frames on the wire are AH between the gateways only
    And each AH packet from east consists of
      | section                                                          | bytes   | encrypted | ICV covers it    |
      | IP header: from gateway to gateway, protocol 51                  | 20      | no        | immutable fields |
      | AH header: next header 4, length, reserved, SPI, sequence number | 12      | no        | yes              |
      | ICV                                                              | <icv>   | no        | is it            |
      | payload: the inner IP packet                                     | as sent | no        | yes              |
    And every AH header from east has its true length, reserved 0 and the right ICV
    And every AH frame carries the ICMP echo that was sent in tunnel mode

    @responder
    Examples: the peer responds
      | initiator | suite                | icv |
      | west      | AH HMAC-MD5-96       | 12  |
      | west      | AH HMAC-SHA1-96      | 12  |
      | west      | AH HMAC-SHA2-256-128 | 16  |
      | west      | AH HMAC-SHA2-384-192 | 24  |
      | west      | AH HMAC-SHA2-512-256 | 32  |
      | west      | AH AES-XCBC-96       | 12  |

    @initiator
    Examples: the peer initiates
      | initiator | suite                | icv |
      | east      | AH HMAC-SHA1-96      | 12  |
      | east      | AH HMAC-SHA2-256-128 | 16  |
      | east      | AH HMAC-SHA2-384-192 | 24  |

  @id:AH-PKT-002 @must @judges:peer @transport-mode @clause:RFC4302-2-01 @clause:RFC4302-2.2-01 @clause:RFC4302-2.6-01 @clause:RFC4302-3.3.3-01 @clause:RFC4302-3.3.3.1.1.1-01 @clause:RFC4302-3.1.1-01
  Scenario Outline: <suite> in transport mode, packet by packet
    Given phase 2 uses <suite>
    And phase 2 runs in transport mode
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in transport mode with matching SPIs
    And a ping from west to east is answered
    And the frames on the wire are AH between the gateways only
    And each AH packet from east consists of
      | section                                                          | bytes   | encrypted | ICV covers it    |
      | IP header: the hosts' own, protocol 51                           | 20      | no        | immutable fields |
      | AH header: next header 1, length, reserved, SPI, sequence number | 12      | no        | yes              |
      | ICV                                                              | <icv>   | no        | is it            |
      | payload: the ICMP message                                        | as sent | no        | yes              |
    And every AH header from east has its true length, reserved 0 and the right ICV
    And every AH frame carries the ICMP echo that was sent in transport mode

    @responder
    Examples: the peer responds
      | initiator | suite                | icv |
      | west      | AH HMAC-MD5-96       | 12  |
      | west      | AH HMAC-SHA1-96      | 12  |
      | west      | AH HMAC-SHA2-256-128 | 16  |
      | west      | AH HMAC-SHA2-384-192 | 24  |
      | west      | AH HMAC-SHA2-512-256 | 32  |
      | west      | AH AES-XCBC-96       | 12  |

    @initiator
    Examples: the peer initiates
      | initiator | suite                | icv |
      | east      | AH HMAC-SHA1-96      | 12  |
      | east      | AH HMAC-SHA2-256-128 | 16  |
      | east      | AH HMAC-SHA2-384-192 | 24  |
