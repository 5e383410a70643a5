@esp
Feature: Padding, next header and dummy packets
  What stands between the payload and the ICV (RFC 4303 sections 2.4 to 2.7), in packets whose ICV is right: padding of any
  length that is aligned is taken, an impossible one discarded, TFC padding cut off, and a dummy packet is no error.

  Background:
    Given west and east share a pre-shared key

  @id:ESP-PAD-001 @must @judges:peer @responder @tunnel-mode @clause:RFC4303-2.4-02 @clause:RFC4303-2.4-01
  Scenario Outline: Padding of <from> to <to> octets is taken: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with every pad length from <from> to <to>
    And an honest echo request follows
    Then every echo request is answered once, and the honest one behind them

    Examples:
      | suite                             | from | to  |
      | AES-GCM-16-128                    | 0    | 63  |
      | AES-GCM-16-128                    | 64   | 127 |
      | AES-GCM-16-128                    | 128  | 191 |
      | AES-GCM-16-128                    | 192  | 255 |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 0    | 63  |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 64   | 127 |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 128  | 191 |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 192  | 255 |
      | NULL and HMAC-SHA1-96             | 0    | 63  |

  @id:ESP-PAD-002 @must @judges:peer @responder @transport-mode @clause:RFC4303-2.4-02
  Scenario Outline: Padding of <from> to <to> octets is taken in transport mode: <suite>
    Given phase 2 uses <suite>
    And phase 2 runs in transport mode
    When west starts quick mode
    Then both sides hold SAs of <suite> in transport mode with matching SPIs
    When west sends echo requests with every pad length from <from> to <to>
    And an honest echo request follows
    Then every echo request is answered once, and the honest one behind them

    Examples:
      | suite                             | from | to |
      | AES-GCM-16-128                    | 0    | 31 |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 0    | 31 |

  @id:ESP-PAD-003 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4303-2.5-01
  Scenario Outline: A pad length of <length>, more than there is, is discarded: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request whose pad length says <length>
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite                             | length |
      | AES-GCM-16-128                    | 200    |
      | AES-GCM-16-128                    | 255    |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 200    |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 255    |
      | NULL and HMAC-SHA1-96             | 200    |
      | NULL and HMAC-SHA1-96             | 255    |

  @id:ESP-PAD-004 @should @judges:peer @responder @tunnel-mode @negative @clause:RFC4303-2.4-04
  Scenario Outline: The receiver looks at the padding, which <how>: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request whose padding of 12 octets <how>
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite                             | how                        |
      | AES-GCM-16-128                    | is zero                    |
      | AES-GCM-16-128                    | counts from 0              |
      | AES-GCM-16-128                    | counts down                |
      | AES-GCM-16-128                    | is wrong in its last octet |
      | AES-CBC-128 and HMAC-SHA2-256-128 | is zero                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 | counts from 0              |
      | AES-CBC-128 and HMAC-SHA2-256-128 | counts down                |
      | AES-CBC-128 and HMAC-SHA2-256-128 | is wrong in its last octet |

  @id:ESP-PAD-005 @must @judges:peer @responder @tunnel-mode @clause:RFC4303-2.7-03
  Scenario Outline: <octets> octets of TFC padding are cut off: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request with <octets> octets of TFC padding behind it
    And an honest echo request follows
    Then the echo request is answered, and the honest one behind it is
    And each answer has as many octets of its own as its request had

    Examples:
      | suite                             | octets |
      | AES-GCM-16-128                    | 1      |
      | AES-GCM-16-128                    | 100    |
      | AES-GCM-16-128                    | 1000   |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 1      |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 100    |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 1000   |

  @id:ESP-PAD-006 @must @judges:peer @responder @tunnel-mode @clause:RFC4303-2.6-01
  Scenario Outline: Dummy packets of <octets> octets are discarded in silence: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends 3 dummy packets of <octets> octets
    And an honest echo request follows
    Then east sends nothing but the answer to the honest echo request

    Examples:
      | suite                             | octets |
      | AES-GCM-16-128                    | 2      |
      | AES-GCM-16-128                    | 60     |
      | AES-GCM-16-128                    | 500    |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 2      |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 60     |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 500    |

  @id:ESP-PAD-007 @must @judges:peer @responder @transport-mode @clause:RFC4303-2.6-01
  Scenario Outline: Dummy packets are discarded in silence in transport mode: <suite>
    Given phase 2 uses <suite>
    And phase 2 runs in transport mode
    When west starts quick mode
    Then both sides hold SAs of <suite> in transport mode with matching SPIs
    When west sends 3 dummy packets of 60 octets
    And an honest echo request follows
    Then east sends nothing but the answer to the honest echo request

    Examples:
      | suite                             |
      | AES-GCM-16-128                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 |

  @id:ESP-PAD-008 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4303-2.6-03
  Scenario Outline: In a tunnel, next header <next> does not lead to an IPv4 packet: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request with next header <next>
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite                             | next |
      | AES-GCM-16-128                    | 41   |
      | AES-GCM-16-128                    | 1    |
      | AES-GCM-16-128                    | 253  |
      | AES-GCM-16-128                    | 0    |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 41   |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 1    |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 253  |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 0    |
