@ah @tunnel-mode
Feature: Fragments and AH
  A fragment offered to AH is discarded; whole packets are put together first (RFC 4302 section 3.4.1).

  Background:
    Given west and east share a pre-shared key

  @id:AH-FRG-001 @must @judges:peer @responder @clause:RFC4302-3.4.1-01
  Scenario Outline: A packet that arrives in fragments is put together first, the <order> one first
    Given phase 2 uses AH HMAC-SHA2-256-128
    When west starts quick mode
    Then both sides hold SAs of AH HMAC-SHA2-256-128 in tunnel mode with matching SPIs
    When west sends an echo request of 300 octets whose packet arrives in fragments of at most 108, the <order> one first
    And an honest echo request follows
    Then the echo request is answered, and the honest one behind it is

    Examples:
      | order |
      | first |
      | last  |

  @id:AH-FRG-002 @must @judges:peer @responder @negative @clause:RFC4302-3.4.1-01
  Scenario Outline: The <piece> piece alone is not delivered
    Given phase 2 uses AH HMAC-SHA2-256-128
    When west starts quick mode
    Then both sides hold SAs of AH HMAC-SHA2-256-128 in tunnel mode with matching SPIs
    When of an echo request whose packet is fragmented on the way only the <piece> piece arrives
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | piece |
      | first |
      | last  |
