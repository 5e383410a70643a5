@esp @transport-mode
Feature: Fragments in transport mode
  In transport mode ESP protects whole packets; what does not fit the link is fragmented afterwards (RFC 4303 sections
  3.3.4 and 3.4.1).

  Background:
    Given west and east share a pre-shared key

  @id:ESP-FRT-001 @must @judges:peer @responder @clause:RFC4303-3.4.1-01
  Scenario Outline: A packet that arrives in fragments is put together first: <suite>
    Given phase 2 uses <suite>
    And phase 2 runs in transport mode
    When west starts quick mode
    Then both sides hold SAs of <suite> in transport mode with matching SPIs
    When west sends an echo request of 300 octets whose packet arrives in fragments of at most 108, the first one first
    And an honest echo request follows
    Then the echo request is answered, and the honest one behind it is

    Examples:
      | suite                             |
      | AES-GCM-16-128                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 |

  @id:ESP-FRT-002 @must @judges:peer @responder @clause:RFC4303-3.3.4-01
  Scenario Outline: What is too long for the link is protected as a whole: <suite>
    Given phase 2 uses <suite>
    And phase 2 runs in transport mode
    When west starts quick mode
    Then both sides hold SAs of <suite> in transport mode with matching SPIs
    When west sends an echo request of 3000 octets whose packet arrives in fragments of at most 1400, the first one first
    And an honest echo request follows
    Then the echo request is answered, and the honest one behind it is
    And each answer has as many octets of its own as its request had

    Examples:
      | suite                             |
      | AES-GCM-16-128                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 |
