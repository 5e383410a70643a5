@ikev1 @esp @tunnel-mode
Feature: Traffic in tunnel mode
  In tunnel mode a gateway wraps the whole packet of a host in a new one (RFC 4303 section 3.1.2). Between the gateways
  only ESP is seen: protocol 50, from gateway to gateway, with everything that the hosts sent encrypted.

  Background:
    Given west and east share a pre-shared key

  @id:ESP-TUN-001 @must @judges:both @clause:RFC4303-2-01 @clause:RFC4303-3.1.2-01 @clause:RFC4301-5.1.2.1-01 @clause:RFC4301-4.1-04 @clause:RFC4303-2.6-03
  Scenario Outline: An ICMP echo goes through the tunnel and comes back
    Given phase 2 uses <esp>
    And a tunnel between the networks behind west and east
    When a host behind <from> pings a host behind <to> 3 times
    Then every ping is answered
    And the frames on the wire are ESP between the gateways only
    And neither inner address nor payload appears in clear in any frame
    And every ESP frame decrypts to the ICMP echo that was sent

    @responder
    Examples: the peer answers
      | from | to   | esp                               |
      | west | east | AES-GCM-16-128                    |
      | west | east | AES-CBC-128 and HMAC-SHA2-256-128 |

    @initiator
    Examples: the peer asks
      | from | to   | esp                               |
      | east | west | AES-GCM-16-128                    |
      | east | west | AES-CBC-128 and HMAC-SHA2-256-128 |

  @id:ESP-TUN-002 @must @judges:both @clause:RFC4303-2-02 @clause:RFC4303-3.1.2-03 @clause:RFC4106-3.1-01 @clause:RFC4106-6-01 @clause:RFC4303-2.4-01
  Scenario Outline: The layout of a tunnel mode frame with <esp>
    Given phase 2 uses <esp>
    And a tunnel between the networks behind west and east
    When a host behind <from> pings a host behind <to> 2 times
    Then every ping is answered
    And each ESP frame from <sender> is laid out as
      | section                                                 | bytes        |
      | Ethernet header: destination MAC, source MAC, EtherType | 6 + 6 + 2    |
      | outer IP header: addresses of the gateways              | 20           |
      | ESP header: SPI, sequence number                        | 4 + 4        |
      | IV                                                      | <iv>         |
      | encrypted: inner IP header, inner payload               | as sent      |
      | encrypted ESP trailer: padding, pad length, next header | to <align>   |
      | integrity check value                                   | <icv>        |

    @responder
    Examples: the peer answers
      | from | to   | sender | esp                               | iv | align | icv |
      | west | east | east   | AES-GCM-16-128                    | 8  | 4     | 16  |
      | west | east | east   | AES-GCM-16-256                    | 8  | 4     | 16  |
      | west | east | east   | AES-CBC-128 and HMAC-SHA2-256-128 | 16 | 16    | 16  |
      | west | east | east   | AES-CBC-256 and HMAC-SHA2-256-128 | 16 | 16    | 16  |

    @initiator
    Examples: the peer asks
      | from | to   | sender | esp                               | iv | align | icv |
      | east | west | east   | AES-GCM-16-128                    | 8  | 4     | 16  |
      | east | west | east   | AES-CBC-128 and HMAC-SHA2-256-128 | 16 | 16    | 16  |

  @id:ESP-TUN-003 @must @judges:both @clause:RFC4303-2.4-03 @clause:RFC4303-2.1-01 @clause:RFC4106-2-01
  Scenario Outline: Padding counts from 1 and no IV is used twice with <esp>
    Given phase 2 uses <esp>
    And a tunnel between the networks behind west and east
    When a host behind west pings a host behind east 4 times
    Then every ping is answered
    And the padding of every ESP frame from east is 1, 2, 3 and so on
    And no two ESP frames from east have the same IV

    @responder
    Examples: the peer answers
      | esp                               |
      | AES-GCM-16-128                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 |

  @id:ESP-TUN-004 @must @judges:peer @responder @clause:RFC3602-3-01
  Scenario Outline: Nobody can foretell an IV of <esp>
    Given phase 2 uses <esp>
    And a tunnel between the networks behind west and east
    When a host behind west pings a host behind east 8 times
    Then every ping is answered
    And no IV from east can be told from the one before

    Examples:
      | esp                               |
      | AES-CBC-128 and HMAC-SHA2-256-128 |
      | AES-CBC-256 and HMAC-SHA1-96      |
      | CAMELLIA-CBC-128 and HMAC-SHA1-96 |

  @id:ESP-TUN-005 @must @judges:peer @responder @clause:RFC8221-4-01 @negative
  Scenario Outline: Encryption without integrity is not agreed on: <esp>
    Given west uses <esp> without integrity for ESP
    And east uses <esp> and <integrity> for ESP
    When west starts quick mode
    Then east notifies the other side of NO-PROPOSAL-CHOSEN, under the IKE SA
    And no side holds an ESP SA

    Examples:
      | esp         | integrity         |
      | AES-CBC-128 | HMAC-SHA2-256-128 |
      | AES-CBC-256 | HMAC-SHA1-96      |
      | 3DES-CBC    | HMAC-SHA1-96      |
