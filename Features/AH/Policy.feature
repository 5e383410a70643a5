@ah @tunnel-mode
Feature: What an SA of AH may carry
  AH, too, delivers only what its SA was made for (RFC 4301 section 5.2).

  Background:
    Given west and east share a pre-shared key

  @id:AH-POL-001 @must @judges:peer @responder @negative @clause:RFC4301-5.2-01 @clause:RFC4301-4.4.2-01
  Scenario Outline: From <from> to <to> is not this SA's traffic
    Given phase 2 uses AH HMAC-SHA2-256-128
    When west starts quick mode
    Then both sides hold SAs of AH HMAC-SHA2-256-128 in tunnel mode with matching SPIs
    When west's newest SA carries an echo request from <from> to <to>
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | from                   | to                     |
      | a stranger behind west | the host behind east   |
      | the host behind west   | a stranger behind east |
