@esp @ah
Feature: AH around ESP
  Two SAs, one packet: ESP protects what the hosts sent, and AH what ESP has made, together with the IP header before it (RFC
  2401 section 4.3). A packet that has only one of them has not what the policy demands.

  Background:
    Given west and east share a pre-shared key

  @id:ESP-BND-001 @must @judges:peer @responder @tunnel-mode @clause:RFC4302-3.1.1-01 @clause:RFC4302-3.3.3.1.1.1-01 @clause:RFC4303-3.1.2-03
  Scenario Outline: <suite> in tunnel mode
    Given phase 2 uses <suite>
    And phase 2 runs in tunnel mode
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    And a ping from behind west to behind east is answered
    And the frames on the wire are AH between the gateways only
    And each AH packet from east consists of
      | section                                                           | bytes   | encrypted | ICV covers it    |
      | IP header: protocol 51                                            | 20      | no        | immutable fields |
      | AH header: next header 50, length, reserved, SPI, sequence number | 12      | no        | yes              |
      | ICV                                                               | <icv>   | no        | is it            |
      | payload: the ESP packet                                           | as sent | no        | yes              |

    Examples:
      | suite                                                         | icv |
      | AH HMAC-SHA2-256-128 around AES-CBC-128 and HMAC-SHA2-256-128 | 16  |
      | AH HMAC-SHA1-96 around AES-GCM-16-128                         | 12  |
      | AH HMAC-SHA2-512-256 around NULL and HMAC-SHA1-96             | 32  |

  @id:ESP-BND-002 @must @judges:peer @responder @transport-mode @clause:RFC4302-3.1.1-01 @clause:RFC4302-3.3.3.1.1.1-01 @clause:RFC4303-3.1.1-01
  Scenario Outline: <suite> in transport mode
    Given phase 2 uses <suite>
    And phase 2 runs in transport mode
    When west starts quick mode
    Then both sides hold SAs of <suite> in transport mode with matching SPIs
    And a ping from behind west to behind east is answered
    And the frames on the wire are AH between the gateways only
    And each AH packet from east consists of
      | section                                                           | bytes   | encrypted | ICV covers it    |
      | IP header: protocol 51                                            | 20      | no        | immutable fields |
      | AH header: next header 50, length, reserved, SPI, sequence number | 12      | no        | yes              |
      | ICV                                                               | <icv>   | no        | is it            |
      | payload: the ESP packet                                           | as sent | no        | yes              |

    Examples:
      | suite                                                         | icv |
      | AH HMAC-SHA2-256-128 around AES-CBC-128 and HMAC-SHA2-256-128 | 16  |
      | AH HMAC-SHA1-96 around AES-GCM-16-128                         | 12  |
      | AH HMAC-SHA2-512-256 around NULL and HMAC-SHA1-96             | 32  |

  @id:ESP-BND-003 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4302-3.4.4-01 @clause:RFC4302-3.3.3.1.1.1-01
  Scenario Outline: Another <part> is noticed: <suite>
    Given phase 2 uses <suite>
    And phase 2 runs in tunnel mode
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request whose <part> is changed on the way
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite                                                         | part                       |
      | AH HMAC-SHA2-256-128 around AES-CBC-128 and HMAC-SHA2-256-128 | SPI                        |
      | AH HMAC-SHA2-256-128 around AES-CBC-128 and HMAC-SHA2-256-128 | sequence number            |
      | AH HMAC-SHA2-256-128 around AES-CBC-128 and HMAC-SHA2-256-128 | first octet of the ICV     |
      | AH HMAC-SHA2-256-128 around AES-CBC-128 and HMAC-SHA2-256-128 | first octet of the payload |
      | AH HMAC-SHA2-256-128 around AES-CBC-128 and HMAC-SHA2-256-128 | last octet of the payload  |
      | AH HMAC-SHA2-256-128 around AES-CBC-128 and HMAC-SHA2-256-128 | identification             |
      | AH HMAC-SHA1-96 around AES-GCM-16-128                         | last octet of the payload  |

  @id:ESP-BND-004 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4301-5.2-01
  Scenario Outline: ESP alone is not enough: <suite>
    Given phase 2 uses <suite>
    And phase 2 runs in tunnel mode
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request in the ESP of the bundle alone
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite                                                         |
      | AH HMAC-SHA2-256-128 around AES-CBC-128 and HMAC-SHA2-256-128 |
      | AH HMAC-SHA1-96 around AES-GCM-16-128                         |
      | AH HMAC-SHA2-512-256 around NULL and HMAC-SHA1-96             |
