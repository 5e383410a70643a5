@esp @ah @tunnel-mode
Feature: Extended sequence numbers
  With 64-bit sequence numbers only the low half is sent; the receiver takes the high half from its window (RFC 4303
  sections 2.2.1 and A2), and the ICV covers both. West lets its numbers jump to where the low half wraps.

  Background:
    Given west and east share a pre-shared key

  @id:ESP-ESN-001 @must @judges:peer @responder @clause:RFC4303-2.2.1-02 @clause:RFC4303-2.2.1-01 @clause:RFC4303-3.3.2.1-02 @clause:RFC4106-5-01
  Scenario Outline: Both sides use 64-bit numbers once they have agreed on them: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers 1, 2, 3
    And an honest echo request follows
    Then every echo request is answered once, and the honest one behind them

    Examples:
      | suite                                      |
      | AES-GCM-16-128 with ESN                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 with ESN |
      | NULL and HMAC-SHA1-96 with ESN             |
      | AES-CCM-16-256 with ESN                    |
      | AH HMAC-SHA2-256-128 with ESN              |

  @id:ESP-ESN-002 @must @judges:peer @responder @clause:RFC4303-A2.2-01 @clause:RFC4303-2.2.1-02 @clause:RFC4303-3.3.2.1-02
  Scenario Outline: The low half wraps: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers 100, 4294967290, 4294967295, 4294967296, 4294967301, 8589934000, 8589934600
    And an honest echo request follows
    Then every echo request is answered once, and the honest one behind them

    Examples:
      | suite                                      |
      | AES-GCM-16-128 with ESN                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 with ESN |
      | NULL and HMAC-SHA1-96 with ESN             |
      | AES-CCM-16-256 with ESN                    |
      | AH HMAC-SHA2-256-128 with ESN              |

  @id:ESP-ESN-003 @must @judges:peer @responder @negative @clause:RFC4303-A2.1-01 @clause:RFC4303-3.4.3-02
  Scenario Outline: A replay from before the wrap is discarded, a latecomer is not: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers 100, 4294967290, 4294967300, 4294967290, 4294967295
    And an honest echo request follows
    Then east answers the requests 100, 4294967290, 4294967300, 4294967295 and the honest one, and no other

    Examples:
      | suite                                      |
      | AES-GCM-16-128 with ESN                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 with ESN |
      | NULL and HMAC-SHA1-96 with ESN             |
      | AES-CCM-16-256 with ESN                    |
      | AH HMAC-SHA2-256-128 with ESN              |

  @id:ESP-ESN-004 @must @judges:peer @responder @negative @clause:RFC4303-2.8-01 @clause:RFC4303-A2.2-01
  Scenario Outline: An ICV made with another high half is wrong: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers <before>
    And west sends an echo request with the sequence number <number> whose ICV was made with the high half of <other>
    And an honest echo request follows
    Then east answers the requests <before> and the honest one, and no other

    Examples:
      | suite                                      | before                      | number     | other      |
      | AES-GCM-16-128 with ESN                    | 100                         | 101        | 4294967397 |
      | AES-CBC-128 and HMAC-SHA2-256-128 with ESN | 100                         | 101        | 4294967397 |
      | NULL and HMAC-SHA1-96 with ESN             | 100                         | 101        | 4294967397 |
      | AES-CCM-16-256 with ESN                    | 100                         | 101        | 4294967397 |
      | AH HMAC-SHA2-256-128 with ESN              | 100                         | 101        | 4294967397 |
      | AES-GCM-16-128 with ESN                    | 100, 4294967290, 4294967396 | 4294967397 | 101        |
      | AES-CBC-128 and HMAC-SHA2-256-128 with ESN | 100, 4294967290, 4294967396 | 4294967397 | 101        |

  @id:ESP-ESN-005 @must @judges:peer @responder @clause:RFC4303-2.2.1-02
  Scenario Outline: Without the agreement the high half does not count: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers 4294967290
    And an honest echo request follows
    Then every echo request is answered once, and the honest one behind them

    Examples:
      | suite                             |
      | AES-GCM-16-128                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 |
      | AH HMAC-SHA2-256-128              |

  @id:ESP-ESN-006 @must @judges:peer @responder @clause:RFC4303-3.3.3-02
  Scenario Outline: A sender does not let its numbers cycle: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When east has 2 sequence numbers left
    And a host behind west pings a host behind east 2 times
    And west sends echo requests with the sequence numbers 3, 4, 5
    Then the numbers of east's packets are 4294967294, 4294967295, and no other

    Examples:
      | suite                             |
      | AES-GCM-16-128                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 |
      | AH HMAC-SHA2-256-128              |
