@esp @ah @tunnel-mode
Feature: Audit log
  Who keeps an audit log notes each packet that was discarded under its reason, with SPI, addresses and sequence number (RFC
  4303 section 4, RFC 4302 section 4). A peer whose log cannot be read is not judged.

  Background:
    Given west and east share a pre-shared key

  @id:ESP-AUD-001 @should @judges:peer @responder @negative @clause:RFC4303-4-01
  Scenario Outline: Another <part> is <reason>: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request whose <part> is changed on the way
    And an honest echo request follows
    Then east's audit log has one event, <reason>, with both addresses

    Examples:
      | suite                             | part                   | reason           |
      | AES-GCM-16-128                    | SPI                    | UnknownSpi       |
      | AES-GCM-16-128                    | first octet of the ICV | IntegrityFailure |
      | AES-GCM-16-128                    | last octet of the ICV  | IntegrityFailure |
      | AES-CBC-128 and HMAC-SHA2-256-128 | SPI                    | UnknownSpi       |
      | AES-CBC-128 and HMAC-SHA2-256-128 | first octet of the ICV | IntegrityFailure |
      | AES-CBC-128 and HMAC-SHA2-256-128 | last octet of the ICV  | IntegrityFailure |
      | AH HMAC-SHA2-256-128              | SPI                    | UnknownSpi       |
      | AH HMAC-SHA2-256-128              | first octet of the ICV | IntegrityFailure |
      | AH HMAC-SHA2-256-128              | last octet of the ICV  | IntegrityFailure |

  @id:ESP-AUD-002 @should @judges:peer @responder @negative @clause:RFC4303-4-01
  Scenario Outline: The numbers <sent> make one event, <reason>: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers <sent>
    And an honest echo request follows
    Then east's audit log has one event, <reason>, with both addresses

    Examples:
      | suite                | sent   | reason   |
      | AES-GCM-16-128       | 5, 5   | Replayed |
      | AES-GCM-16-128       | 200, 2 | TooOld   |
      | AH HMAC-SHA2-256-128 | 5, 5   | Replayed |
      | AH HMAC-SHA2-256-128 | 200, 2 | TooOld   |

  @id:ESP-AUD-003 @should @judges:peer @responder @negative @clause:RFC4303-4-01
  Scenario Outline: A pad length of 255 is BadPadLength: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request whose pad length says 255
    And an honest echo request follows
    Then east's audit log has one event, BadPadLength, with both addresses

    Examples:
      | suite                             |
      | AES-GCM-16-128                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 |

  @id:ESP-AUD-004 @should @judges:peer @responder @negative @clause:RFC4303-4-01
  Scenario Outline: Traffic of a stranger is SelectorMismatch: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west's newest SA carries an echo request from a stranger behind west to the host behind east
    And an honest echo request follows
    Then east's audit log has one event, SelectorMismatch, with both addresses

    Examples:
      | suite                |
      | AES-GCM-16-128       |
      | AH HMAC-SHA2-256-128 |
