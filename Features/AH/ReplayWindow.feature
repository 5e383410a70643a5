@ah @tunnel-mode
Feature: The replay window of AH
  What ESP has, AH has too (RFC 4302 section 3.4.3): each sequence number is delivered once, none that lies left of the
  window, and the window moves only for packets whose ICV is right.

  Background:
    Given west and east share a pre-shared key

  @id:AH-WIN-001 @must @judges:peer @responder @negative @clause:RFC4302-3.4.3-01
  Scenario Outline: A window of <size> packets ends where it should: <suite>
    Given phase 2 uses <suite>
    And east has a replay window of <size> packets
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers <sent>
    And an honest echo request follows
    Then east answers the requests <answered> and the honest one, and no other

    Examples:
      | suite                | size | sent                | answered  |
      | AH HMAC-SHA2-256-128 | 32   | 200, 169, 168, 169  | 200, 169  |
      | AH HMAC-SHA2-256-128 | 64   | 232, 169, 168, 169  | 232, 169  |
      | AH HMAC-SHA2-256-128 | 128  | 296, 169, 168, 169  | 296, 169  |
      | AH HMAC-SHA2-256-128 | 256  | 424, 169, 168, 169  | 424, 169  |
      | AH HMAC-SHA2-256-128 | 1024 | 1192, 169, 168, 169 | 1192, 169 |
      | AH HMAC-SHA2-256-128 | 4096 | 4264, 169, 168, 169 | 4264, 169 |

  @id:AH-WIN-002 @should @judges:peer @responder @clause:RFC4302-3.4.3-02
  Scenario Outline: The default window has at least 64 packets: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers 200, 137
    And an honest echo request follows
    Then every echo request is answered once, and the honest one behind them

    Examples:
      | suite                |
      | AH HMAC-SHA2-256-128 |

  @id:AH-WIN-003 @must @judges:peer @responder @clause:RFC4302-3.4.3-01
  Scenario Outline: Packets that overtake one another within 32 are delivered: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers <sent>
    And an honest echo request follows
    Then every echo request is answered once, and the honest one behind them

    Examples:
      | suite                | sent              |
      | AH HMAC-SHA2-256-128 | 3, 1, 2           |
      | AH HMAC-SHA2-256-128 | 32, 1             |
      | AH HMAC-SHA2-256-128 | 40, 9, 39, 10, 24 |
      | AH HMAC-SHA2-256-128 | 100, 132, 101     |

  @id:AH-WIN-004 @must @judges:peer @responder @clause:RFC4302-3.4.3-01
  Scenario Outline: Gaps and jumps are no reason to discard: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers <sent>
    And an honest echo request follows
    Then every echo request is answered once, and the honest one behind them

    Examples:
      | suite                | sent                   |
      | AH HMAC-SHA2-256-128 | 1, 1000, 1000000       |
      | AH HMAC-SHA2-256-128 | 2147483647, 2147483648 |
      | AH HMAC-SHA2-256-128 | 4294967293             |

  @id:AH-WIN-005 @must @judges:peer @responder @negative @clause:RFC4302-3.4.3-01
  Scenario Outline: <what> is discarded: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers <sent>
    And an honest echo request follows
    Then east answers the requests <answered> and the honest one, and no other

    Examples:
      | what                                     | suite                | sent       | answered |
      | the highest number again                 | AH HMAC-SHA2-256-128 | 5, 5       | 5        |
      | a number within the window again         | AH HMAC-SHA2-256-128 | 5, 9, 5    | 5, 9     |
      | the first number again, a thousand later | AH HMAC-SHA2-256-128 | 1, 1001, 1 | 1, 1001  |
      | a number far to the left                 | AH HMAC-SHA2-256-128 | 100000, 2  | 100000   |

  @id:AH-WIN-006 @must @judges:peer @responder @negative @clause:RFC4302-3.4.3-01 @clause:RFC4302-3.4.4-01
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
      | suite                | bad        | then   |
      | AH HMAC-SHA2-256-128 | 11         | 11     |
      | AH HMAC-SHA2-256-128 | 1000000    | 11, 12 |
      | AH HMAC-SHA2-256-128 | 4294967294 | 9, 11  |
