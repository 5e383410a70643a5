@esp @tunnel-mode
Feature: The replay window of ESP
  The receiver delivers each sequence number once, and none that lies left of its window (RFC 4303 section 3.4.3). West
  sends packets whose numbers no honest sender would choose, each with an echo request inside and a right ICV; an honest
  request behind them shows that the peer has got that far.

  Background:
    Given west and east share a pre-shared key

  @id:ESP-WIN-001 @must @judges:peer @responder @negative @clause:RFC4303-3.4.3-05 @clause:RFC4303-3.4.3-04
  Scenario Outline: A window of <size> packets ends where it should: <suite>
    Given phase 2 uses <suite>
    And east has a replay window of <size> packets
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers <sent>
    And an honest echo request follows
    Then east answers the requests <answered> and the honest one, and no other

    Examples:
      | suite                             | size | sent                | answered  |
      | AES-GCM-16-128                    | 32   | 200, 169, 168, 169  | 200, 169  |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 32   | 200, 169, 168, 169  | 200, 169  |
      | AES-GCM-16-128                    | 64   | 232, 169, 168, 169  | 232, 169  |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 64   | 232, 169, 168, 169  | 232, 169  |
      | AES-GCM-16-128                    | 128  | 296, 169, 168, 169  | 296, 169  |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 128  | 296, 169, 168, 169  | 296, 169  |
      | AES-GCM-16-128                    | 256  | 424, 169, 168, 169  | 424, 169  |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 256  | 424, 169, 168, 169  | 424, 169  |
      | AES-GCM-16-128                    | 1024 | 1192, 169, 168, 169 | 1192, 169 |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 1024 | 1192, 169, 168, 169 | 1192, 169 |
      | AES-GCM-16-128                    | 4096 | 4264, 169, 168, 169 | 4264, 169 |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 4096 | 4264, 169, 168, 169 | 4264, 169 |

  @id:ESP-WIN-002 @should @judges:peer @responder @clause:RFC4303-3.4.3-08
  Scenario Outline: The default window has at least 64 packets: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers 200, 137
    And an honest echo request follows
    Then every echo request is answered once, and the honest one behind them

    Examples:
      | suite                             |
      | AES-GCM-16-128                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 |

  @id:ESP-WIN-003 @must @judges:peer @responder @clause:RFC4303-3.4.3-04
  Scenario Outline: Packets that overtake one another within 32 are delivered: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers <sent>
    And an honest echo request follows
    Then every echo request is answered once, and the honest one behind them

    Examples:
      | suite                             | sent              |
      | AES-GCM-16-128                    | 3, 1, 2           |
      | AES-GCM-16-128                    | 32, 1             |
      | AES-GCM-16-128                    | 40, 9, 39, 10, 24 |
      | AES-GCM-16-128                    | 100, 132, 101     |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 3, 1, 2           |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 32, 1             |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 40, 9, 39, 10, 24 |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 100, 132, 101     |

  @id:ESP-WIN-004 @must @judges:peer @responder @clause:RFC4303-3.4.3-04
  Scenario Outline: Gaps and jumps are no reason to discard: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers <sent>
    And an honest echo request follows
    Then every echo request is answered once, and the honest one behind them

    Examples:
      | suite                             | sent                   |
      | AES-GCM-16-128                    | 1, 1000, 1000000       |
      | AES-GCM-16-128                    | 2147483647, 2147483648 |
      | AES-GCM-16-128                    | 4294967293             |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 1, 1000, 1000000       |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 2147483647, 2147483648 |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 4294967293             |

  @id:ESP-WIN-005 @must @judges:peer @responder @negative @clause:RFC4303-3.4.3-02 @clause:RFC4303-3.4.3-01
  Scenario Outline: <what> is discarded: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers <sent>
    And an honest echo request follows
    Then east answers the requests <answered> and the honest one, and no other

    Examples:
      | what                                     | suite                             | sent       | answered |
      | the highest number again                 | AES-GCM-16-128                    | 5, 5       | 5        |
      | a number within the window again         | AES-GCM-16-128                    | 5, 9, 5    | 5, 9     |
      | the first number again, a thousand later | AES-GCM-16-128                    | 1, 1001, 1 | 1, 1001  |
      | a number far to the left                 | AES-GCM-16-128                    | 100000, 2  | 100000   |
      | the highest number again                 | AES-CBC-128 and HMAC-SHA2-256-128 | 5, 5       | 5        |
      | a number within the window again         | AES-CBC-128 and HMAC-SHA2-256-128 | 5, 9, 5    | 5, 9     |
      | the first number again, a thousand later | AES-CBC-128 and HMAC-SHA2-256-128 | 1, 1001, 1 | 1, 1001  |
      | a number far to the left                 | AES-CBC-128 and HMAC-SHA2-256-128 | 100000, 2  | 100000   |

  @id:ESP-WIN-006 @must @judges:peer @responder @negative @clause:RFC4303-3.4.3-06 @clause:RFC4303-3.4.3-07
  Scenario Outline: A packet with a wrong ICV leaves no trace in the window: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers 10
    And west sends an echo request with the sequence number <bad> and a wrong ICV
    And west sends echo requests with the sequence numbers <then>
    And an honest echo request follows
    Then east answers the requests 10, <then> and the honest one, and no other

    Examples:
      | suite                             | bad        | then   |
      | AES-GCM-16-128                    | 11         | 11     |
      | AES-GCM-16-128                    | 1000000    | 11, 12 |
      | AES-GCM-16-128                    | 4294967294 | 9, 11  |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 11         | 11     |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 1000000    | 11, 12 |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 4294967294 | 9, 11  |
