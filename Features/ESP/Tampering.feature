@esp
Feature: ESP packets changed on the way
  A packet in which any octet from the SPI to the ICV was changed is not delivered; the IP header before it is not ESP's
  business (RFC 4303 sections 2.8 and 3.4.4). Each changed packet holds an echo request, and an honest one follows.

  Background:
    Given west and east share a pre-shared key

  @id:ESP-TMP-001 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4303-3.4.4.2-01 @clause:RFC4303-2.8-01 @clause:RFC4303-3.4.2-01
  Scenario Outline: A combined mode notices another <part>: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request whose <part> is changed on the way
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite          | part                          |
      | AES-GCM-16-128 | SPI                           |
      | AES-GCM-16-128 | sequence number               |
      | AES-GCM-16-128 | first octet of the IV         |
      | AES-GCM-16-128 | last octet of the IV          |
      | AES-GCM-16-128 | first octet of the ciphertext |
      | AES-GCM-16-128 | last octet of the ciphertext  |
      | AES-GCM-16-128 | first octet of the ICV        |
      | AES-GCM-16-128 | last octet of the ICV         |
      | AES-CCM-16-256 | SPI                           |
      | AES-CCM-16-256 | sequence number               |
      | AES-CCM-16-256 | first octet of the IV         |
      | AES-CCM-16-256 | last octet of the IV          |
      | AES-CCM-16-256 | first octet of the ciphertext |
      | AES-CCM-16-256 | last octet of the ciphertext  |
      | AES-CCM-16-256 | first octet of the ICV        |
      | AES-CCM-16-256 | last octet of the ICV         |
      | AES-GMAC-128   | SPI                           |
      | AES-GMAC-128   | sequence number               |
      | AES-GMAC-128   | first octet of the IV         |
      | AES-GMAC-128   | last octet of the IV          |
      | AES-GMAC-128   | first octet of the ciphertext |
      | AES-GMAC-128   | last octet of the ciphertext  |
      | AES-GMAC-128   | first octet of the ICV        |
      | AES-GMAC-128   | last octet of the ICV         |

  @id:ESP-TMP-002 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4303-3.4.4.1-02 @clause:RFC4303-2.8-01 @clause:RFC4303-3.4.2-01
  Scenario Outline: Separate integrity notices another <part>: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request whose <part> is changed on the way
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite                             | part                          |
      | AES-CBC-128 and HMAC-SHA2-256-128 | SPI                           |
      | AES-CBC-128 and HMAC-SHA2-256-128 | sequence number               |
      | AES-CBC-128 and HMAC-SHA2-256-128 | first octet of the IV         |
      | AES-CBC-128 and HMAC-SHA2-256-128 | last octet of the IV          |
      | AES-CBC-128 and HMAC-SHA2-256-128 | first octet of the ciphertext |
      | AES-CBC-128 and HMAC-SHA2-256-128 | last octet of the ciphertext  |
      | AES-CBC-128 and HMAC-SHA2-256-128 | first octet of the ICV        |
      | AES-CBC-128 and HMAC-SHA2-256-128 | last octet of the ICV         |
      | AES-CTR-128 and HMAC-SHA1-96      | SPI                           |
      | AES-CTR-128 and HMAC-SHA1-96      | sequence number               |
      | AES-CTR-128 and HMAC-SHA1-96      | first octet of the IV         |
      | AES-CTR-128 and HMAC-SHA1-96      | last octet of the IV          |
      | AES-CTR-128 and HMAC-SHA1-96      | first octet of the ciphertext |
      | AES-CTR-128 and HMAC-SHA1-96      | last octet of the ciphertext  |
      | AES-CTR-128 and HMAC-SHA1-96      | first octet of the ICV        |
      | AES-CTR-128 and HMAC-SHA1-96      | last octet of the ICV         |
      | 3DES-CBC and AES-XCBC-96          | SPI                           |
      | 3DES-CBC and AES-XCBC-96          | sequence number               |
      | 3DES-CBC and AES-XCBC-96          | first octet of the IV         |
      | 3DES-CBC and AES-XCBC-96          | last octet of the IV          |
      | 3DES-CBC and AES-XCBC-96          | first octet of the ciphertext |
      | 3DES-CBC and AES-XCBC-96          | last octet of the ciphertext  |
      | 3DES-CBC and AES-XCBC-96          | first octet of the ICV        |
      | 3DES-CBC and AES-XCBC-96          | last octet of the ICV         |
      | NULL and HMAC-SHA2-512-256        | SPI                           |
      | NULL and HMAC-SHA2-512-256        | sequence number               |
      | NULL and HMAC-SHA2-512-256        | first octet of the ciphertext |
      | NULL and HMAC-SHA2-512-256        | last octet of the ciphertext  |
      | NULL and HMAC-SHA2-512-256        | first octet of the ICV        |
      | NULL and HMAC-SHA2-512-256        | last octet of the ICV         |

  @id:ESP-TMP-003 @must @judges:peer @responder @transport-mode @negative @clause:RFC4303-2.8-01 @clause:RFC4303-3.4.3-07
  Scenario Outline: In transport mode another <part> is noticed: <suite>
    Given phase 2 uses <suite>
    And phase 2 runs in transport mode
    When west starts quick mode
    Then both sides hold SAs of <suite> in transport mode with matching SPIs
    When west sends an echo request whose <part> is changed on the way
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite                             | part                          |
      | AES-GCM-16-128                    | SPI                           |
      | AES-GCM-16-128                    | sequence number               |
      | AES-GCM-16-128                    | first octet of the ciphertext |
      | AES-GCM-16-128                    | last octet of the ICV         |
      | AES-CBC-128 and HMAC-SHA2-256-128 | SPI                           |
      | AES-CBC-128 and HMAC-SHA2-256-128 | sequence number               |
      | AES-CBC-128 and HMAC-SHA2-256-128 | first octet of the ciphertext |
      | AES-CBC-128 and HMAC-SHA2-256-128 | last octet of the ICV         |

  @id:ESP-TMP-004 @must @judges:peer @responder @tunnel-mode @clause:RFC4301-4.1-03 @clause:RFC4301-4.1-01
  Scenario Outline: Another <part> in the IP header before ESP is none of its business: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request whose <part> is changed on the way
    And an honest echo request follows
    Then the echo request is answered, and the honest one behind it is

    Examples:
      | suite                             | part           |
      | AES-GCM-16-128                    | DSCP           |
      | AES-GCM-16-128                    | identification |
      | AES-GCM-16-128                    | DF flag        |
      | AES-GCM-16-128                    | TTL            |
      | AES-GCM-16-128                    | source address |
      | AES-CBC-128 and HMAC-SHA2-256-128 | DSCP           |
      | AES-CBC-128 and HMAC-SHA2-256-128 | identification |
      | AES-CBC-128 and HMAC-SHA2-256-128 | DF flag        |
      | AES-CBC-128 and HMAC-SHA2-256-128 | TTL            |
      | AES-CBC-128 and HMAC-SHA2-256-128 | source address |

  @id:ESP-TMP-005 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4303-3.4.3-07 @clause:RFC4303-2.8-01
  Scenario Outline: A packet that loses its last <octets> octets is discarded: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request whose packet loses its last <octets> octets on the way
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite                             | octets |
      | AES-GCM-16-128                    | 1      |
      | AES-GCM-16-128                    | 4      |
      | AES-GCM-16-128                    | 16     |
      | AES-GCM-16-128                    | 32     |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 1      |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 4      |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 16     |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 32     |

  @id:ESP-TMP-006 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4303-3.4.3-07 @clause:RFC4303-2-02
  Scenario Outline: A packet of which <octets> octets are left is discarded: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request whose packet is cut down to its first <octets> octets behind the IP header on the way
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite                             | octets |
      | AES-GCM-16-128                    | 4      |
      | AES-GCM-16-128                    | 8      |
      | AES-GCM-16-128                    | 12     |
      | AES-GCM-16-128                    | 24     |
      | AES-GCM-16-128                    | 40     |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 4      |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 8      |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 12     |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 24     |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 40     |

  @id:ESP-TMP-007 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4303-3.4.3-07 @clause:RFC4303-2.8-01
  Scenario Outline: A packet that gains <octets> octets is discarded: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request whose packet gains <octets> octets on the way
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite                             | octets |
      | AES-GCM-16-128                    | 1      |
      | AES-GCM-16-128                    | 4      |
      | AES-GCM-16-128                    | 16     |
      | AES-GCM-16-128                    | 400    |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 1      |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 4      |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 16     |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 400    |

  @id:ESP-TMP-008 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4303-2.8-01 @clause:RFC4303-3.3.2.1-01
  Scenario Outline: The <part> of another packet does not fit: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request whose packet is that of another <part>
    And an honest echo request follows
    Then only the honest echo request is answered

    Examples:
      | suite                             | part       |
      | AES-GCM-16-128                    | ICV        |
      | AES-GCM-16-128                    | ciphertext |
      | AES-GCM-16-128                    | IV         |
      | AES-CBC-128 and HMAC-SHA2-256-128 | ICV        |
      | AES-CBC-128 and HMAC-SHA2-256-128 | ciphertext |
      | AES-CBC-128 and HMAC-SHA2-256-128 | IV         |
