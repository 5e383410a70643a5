@ah
Feature: AH packets changed on the way
  AH covers what it protects, itself, and of the IP header before it every field that does not change on the way (RFC 4302
  section 3.3.3.1.1): a packet in which one of these was changed is not delivered, one whose other fields changed is.

  Background:
    Given west and east share a pre-shared key

  @id:AH-TMP-001 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4302-3.4.4-01 @clause:RFC4302-3.3.3.1.1.1-01 @clause:RFC4302-3.3.3-01 @clause:RFC4302-3.4.2-01
  Scenario Outline: In tunnel mode another <part> is noticed: <suite>
    Given phase 2 uses <suite>
    And phase 2 runs in tunnel mode
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request whose <part> is changed on the way
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite                | part                       |
      | AH HMAC-SHA2-256-128 | next header                |
      | AH HMAC-SHA2-256-128 | payload length             |
      | AH HMAC-SHA2-256-128 | reserved field             |
      | AH HMAC-SHA2-256-128 | SPI                        |
      | AH HMAC-SHA2-256-128 | sequence number            |
      | AH HMAC-SHA2-256-128 | first octet of the ICV     |
      | AH HMAC-SHA2-256-128 | last octet of the ICV      |
      | AH HMAC-SHA2-256-128 | first octet of the payload |
      | AH HMAC-SHA2-256-128 | last octet of the payload  |
      | AH HMAC-SHA2-256-128 | identification             |
      | AH HMAC-SHA2-256-128 | source address             |
      | AH HMAC-SHA1-96      | next header                |
      | AH HMAC-SHA1-96      | payload length             |
      | AH HMAC-SHA1-96      | reserved field             |
      | AH HMAC-SHA1-96      | SPI                        |
      | AH HMAC-SHA1-96      | sequence number            |
      | AH HMAC-SHA1-96      | first octet of the ICV     |
      | AH HMAC-SHA1-96      | last octet of the ICV      |
      | AH HMAC-SHA1-96      | first octet of the payload |
      | AH HMAC-SHA1-96      | last octet of the payload  |
      | AH HMAC-SHA1-96      | identification             |
      | AH HMAC-SHA1-96      | source address             |
      | AH AES-XCBC-96       | next header                |
      | AH AES-XCBC-96       | payload length             |
      | AH AES-XCBC-96       | reserved field             |
      | AH AES-XCBC-96       | SPI                        |
      | AH AES-XCBC-96       | sequence number            |
      | AH AES-XCBC-96       | first octet of the ICV     |
      | AH AES-XCBC-96       | last octet of the ICV      |
      | AH AES-XCBC-96       | first octet of the payload |
      | AH AES-XCBC-96       | last octet of the payload  |
      | AH AES-XCBC-96       | identification             |
      | AH AES-XCBC-96       | source address             |

  @id:AH-TMP-002 @must @judges:peer @responder @tunnel-mode @clause:RFC4302-3.3.3.1.1.1-01
  Scenario Outline: In tunnel mode another <part> is as it may be: <suite>
    Given phase 2 uses <suite>
    And phase 2 runs in tunnel mode
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request whose <part> is changed on the way
    And an honest echo request follows
    Then the echo request is answered, and the honest one behind it is

    Examples:
      | suite                | part    |
      | AH HMAC-SHA2-256-128 | DSCP    |
      | AH HMAC-SHA2-256-128 | TTL     |
      | AH HMAC-SHA2-256-128 | DF flag |
      | AH HMAC-SHA1-96      | DSCP    |
      | AH HMAC-SHA1-96      | TTL     |
      | AH HMAC-SHA1-96      | DF flag |
      | AH AES-XCBC-96       | DSCP    |
      | AH AES-XCBC-96       | TTL     |
      | AH AES-XCBC-96       | DF flag |

  @id:AH-TMP-003 @must @judges:peer @responder @transport-mode @negative @clause:RFC4302-3.4.4-01 @clause:RFC4302-3.3.3.1.1.1-01 @clause:RFC4302-3.3.3-01 @clause:RFC4302-3.4.2-01
  Scenario Outline: In transport mode another <part> is noticed: <suite>
    Given phase 2 uses <suite>
    And phase 2 runs in transport mode
    When west starts quick mode
    Then both sides hold SAs of <suite> in transport mode with matching SPIs
    When west sends an echo request whose <part> is changed on the way
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite                | part                       |
      | AH HMAC-SHA2-256-128 | next header                |
      | AH HMAC-SHA2-256-128 | payload length             |
      | AH HMAC-SHA2-256-128 | reserved field             |
      | AH HMAC-SHA2-256-128 | SPI                        |
      | AH HMAC-SHA2-256-128 | sequence number            |
      | AH HMAC-SHA2-256-128 | first octet of the ICV     |
      | AH HMAC-SHA2-256-128 | last octet of the ICV      |
      | AH HMAC-SHA2-256-128 | first octet of the payload |
      | AH HMAC-SHA2-256-128 | last octet of the payload  |
      | AH HMAC-SHA2-256-128 | identification             |
      | AH HMAC-SHA2-256-128 | source address             |

  @id:AH-TMP-004 @must @judges:peer @responder @transport-mode @clause:RFC4302-3.3.3.1.1.1-01
  Scenario Outline: In transport mode another <part> is as it may be: <suite>
    Given phase 2 uses <suite>
    And phase 2 runs in transport mode
    When west starts quick mode
    Then both sides hold SAs of <suite> in transport mode with matching SPIs
    When west sends an echo request whose <part> is changed on the way
    And an honest echo request follows
    Then the echo request is answered, and the honest one behind it is

    Examples:
      | suite                | part    |
      | AH HMAC-SHA2-256-128 | DSCP    |
      | AH HMAC-SHA2-256-128 | TTL     |
      | AH HMAC-SHA2-256-128 | DF flag |

  @id:AH-TMP-005 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4302-3.4.4-01
  Scenario Outline: A packet that loses its last <octets> octets is discarded
    Given phase 2 uses AH HMAC-SHA2-256-128
    When west starts quick mode
    Then both sides hold SAs of AH HMAC-SHA2-256-128 in tunnel mode with matching SPIs
    When west sends an echo request whose packet loses its last <octets> octets on the way
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | octets |
      | 1      |
      | 4      |
      | 20     |

  @id:AH-TMP-006 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4302-3.4.4-01
  Scenario Outline: A packet that gains <octets> octets is discarded
    Given phase 2 uses AH HMAC-SHA2-256-128
    When west starts quick mode
    Then both sides hold SAs of AH HMAC-SHA2-256-128 in tunnel mode with matching SPIs
    When west sends an echo request whose packet gains <octets> octets on the way
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | octets |
      | 1      |
      | 4      |
      | 400    |

  @id:AH-TMP-007 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4302-3.4.4-01
  Scenario Outline: A packet of which <octets> octets are left is discarded
    Given phase 2 uses AH HMAC-SHA2-256-128
    When west starts quick mode
    Then both sides hold SAs of AH HMAC-SHA2-256-128 in tunnel mode with matching SPIs
    When west sends an echo request whose packet is cut down to its first <octets> octets behind the IP header on the way
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | octets |
      | 8      |
      | 12     |
      | 20     |
      | 28     |
      | 40     |
