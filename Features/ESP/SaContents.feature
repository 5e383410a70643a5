@esp @ah
Feature: What the SAs hold
  Both ends of an SA hold the same (RFC 4301 section 4.4.2.1): SPI, protocol, mode, addresses, algorithms, life, and the keys
  that each has computed for itself from quick mode's nonces (RFC 2409 section 5.5). The peer is asked twice: its daemon for
  its list, and its data plane, that is the kernel where it uses one, for the keys.

  Background:
    Given west and east share a pre-shared key

  @id:ESP-SAC-001 @must @judges:peer @tunnel-mode @clause:RFC4301-4.4.2.1-03 @clause:RFC4301-4.5.2-01
  Scenario Outline: Both ends of <suite> in tunnel mode hold the same
    Given phase 2 uses <suite>
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    And east's data plane holds each SA with the addresses, mode, keys and ICV length that west's has
    And east lists the pair with a life of 3600 seconds, a few of which have passed

    @responder
    Examples: the peer responds
      | initiator | suite                             |
      | west      | AES-CBC-128 and HMAC-SHA2-256-128 |
      | west      | AES-CBC-256 and HMAC-SHA2-512-256 |
      | west      | AES-CTR-192 and HMAC-SHA1-96      |
      | west      | NULL and AES-XCBC-96              |
      | west      | AES-GCM-16-256                    |
      | west      | AES-CCM-12-192                    |
      | west      | AES-GMAC-128                      |
      | west      | AH HMAC-SHA2-384-192              |
      | west      | AES-GCM-16-128 with ESN           |

    @initiator
    Examples: the peer initiates
      | initiator | suite                                  |
      | east      | AES-CBC-128 and HMAC-SHA2-256-128      |
      | east      | AES-GCM-16-256                         |
      | east      | AH HMAC-SHA1-96                        |
      | east      | CAMELLIA-CBC-256 and HMAC-SHA2-256-128 |

  @id:ESP-SAC-002 @must @judges:peer @transport-mode @clause:RFC4301-4.4.2.1-03 @clause:RFC4301-4.5.2-01
  Scenario Outline: Both ends of <suite> in transport mode hold the same
    Given phase 2 uses <suite>
    And phase 2 runs in transport mode
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in transport mode with matching SPIs
    And east's data plane holds each SA with the addresses, mode, keys and ICV length that west's has
    And east lists the pair with a life of 3600 seconds, a few of which have passed

    @responder
    Examples: the peer responds
      | initiator | suite                                 |
      | west      | AES-CBC-192 and HMAC-SHA2-384-192     |
      | west      | 3DES-CBC and HMAC-MD5-96              |
      | west      | AES-GCM-8-192                         |
      | west      | AH HMAC-SHA2-256-128                  |
      | west      | AES-CBC-128 and HMAC-SHA1-96 with ESN |

    @initiator
    Examples: the peer initiates
      | initiator | suite                             |
      | east      | AES-CBC-128 and HMAC-SHA2-256-128 |
      | east      | AES-CCM-16-256                    |
