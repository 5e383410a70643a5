@ikev1 @esp @tunnel-mode
Feature: Sequence numbers, replay and damage
  Every packet of an SA has a number of its own. The receiver remembers which it has seen, and delivers nothing that is
  repeated, altered or of an SA it does not have (RFC 4303 sections 2.2 and 3.4).

  Whether the peer delivered a packet is seen by its answer: the bad packet holds an echo request, and a good one is sent
  right behind it, whose answer shows that the peer has got that far.

  Background:
    Given west and east share a pre-shared key

  @id:ESP-SEQ-001 @must @judges:both @clause:RFC4303-2.2-01 @clause:RFC4303-2.2-02 @clause:RFC4303-3.3.3-01
  Scenario Outline: Sequence numbers start at 1 and grow by 1 with <esp>
    Given phase 2 uses <esp>
    And a tunnel between the networks behind west and east
    When a host behind <from> pings a host behind <to> 4 times
    Then every ping is answered
    And the ESP frames from east are numbered 1, 2, 3, 4

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

  @id:ESP-SEQ-002 @must @judges:both @responder @clause:RFC4303-3.4.3-01 @clause:RFC4303-3.4.3-02 @negative
  Scenario Outline: A replayed frame is not delivered with <esp>
    Given phase 2 uses <esp>
    And a tunnel between the networks behind west and east
    And a ping from behind west to behind east was answered
    When the last ESP frame from west is sent once more
    And a host behind west pings a host behind east 1 time
    Then the bad frame was not answered, and the good one behind it was

    Examples:
      | esp                               |
      | AES-GCM-16-128                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 |

  @id:ESP-SEQ-003 @must @judges:both @responder @clause:RFC4303-3.4.3-07 @clause:RFC4303-3.4.4.1-02 @clause:RFC4303-3.4.4.2-01 @clause:RFC4303-2.8-01 @negative
  Scenario Outline: A frame with one bit flipped in the <part> is not delivered with <esp>
    Given phase 2 uses <esp>
    And a tunnel between the networks behind west and east
    And a ping from behind west to behind east was answered
    When an ESP frame with a new echo request is sent with one bit flipped in the <part>
    And a host behind west pings a host behind east 1 time
    Then the bad frame was not answered, and the good one behind it was

    Examples:
      | esp                               | part                  |
      | AES-GCM-16-128                    | sequence number       |
      | AES-GCM-16-128                    | IV                    |
      | AES-GCM-16-128                    | ciphertext            |
      | AES-GCM-16-128                    | integrity check value |
      | AES-CBC-128 and HMAC-SHA2-256-128 | sequence number       |
      | AES-CBC-128 and HMAC-SHA2-256-128 | IV                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 | ciphertext            |
      | AES-CBC-128 and HMAC-SHA2-256-128 | integrity check value |

  @id:ESP-SEQ-004 @must @judges:both @responder @clause:RFC4303-3.4.2-01 @clause:RFC4301-4.1-01 @negative
  Scenario Outline: A frame with an unknown SPI is not delivered with <esp>
    Given phase 2 uses <esp>
    And a tunnel between the networks behind west and east
    And a ping from behind west to behind east was answered
    When an ESP frame with a new echo request is sent with an SPI that nobody negotiated
    And a host behind west pings a host behind east 1 time
    Then the bad frame was not answered, and the good one behind it was

    Examples:
      | esp                               |
      | AES-GCM-16-128                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 |

  @id:ESP-SEQ-005 @must @judges:both @responder @clause:RFC4303-3.4.3-06 @negative
  Scenario: A frame with a wrong ICV does not move the window
    Given a tunnel between the networks behind west and east
    And a ping from behind west to behind east was answered
    When an ESP frame with a new echo request and a sequence number 1000000 ahead is sent with one bit flipped in the integrity check value
    And a host behind west pings a host behind east 1 time
    Then the bad frame was not answered, and the good one behind it was
