@esp @tunnel-mode
Feature: IP headers and fragments around ESP
  The outer header is the tunnel's own: its ECN field is combined with the inner one (RFC 6040), its DSCP may be copied, and
  fragments of either packet arrive as what they are pieces of (RFC 4303 section 3.4.1, RFC 4301 section 7.1).

  Background:
    Given west and east share a pre-shared key

  @id:ESP-ECN-001 @must @judges:peer @responder @clause:RFC6040-4.2-02 @clause:RFC6040-4.2-01
  Scenario Outline: <inner> inside and <outer> outside arrive as <combined>
    Given phase 2 uses AES-GCM-16-128
    When west starts quick mode
    Then both sides hold SAs of AES-GCM-16-128 in tunnel mode with matching SPIs
    When west sends an echo request that is <inner> inside and <outer> outside
    And an honest echo request follows
    Then the echo request is answered, and the honest one behind it is
    And the ECN field of its answer is <combined> inside

    Examples:
      | inner   | outer   | combined |
      | Not-ECT | Not-ECT | Not-ECT  |
      | Not-ECT | ECT(1)  | Not-ECT  |
      | Not-ECT | ECT(0)  | Not-ECT  |
      | ECT(1)  | Not-ECT | ECT(1)   |
      | ECT(1)  | ECT(1)  | ECT(1)   |
      | ECT(1)  | ECT(0)  | ECT(1)   |
      | ECT(1)  | CE      | CE       |
      | ECT(0)  | Not-ECT | ECT(0)   |
      | ECT(0)  | ECT(1)  | ECT(1)   |
      | ECT(0)  | ECT(0)  | ECT(0)   |
      | ECT(0)  | CE      | CE       |
      | CE      | Not-ECT | CE       |
      | CE      | ECT(1)  | CE       |
      | CE      | ECT(0)  | CE       |
      | CE      | CE      | CE       |

  @id:ESP-ECN-002 @must @judges:peer @responder @negative @clause:RFC6040-4.2-01
  Scenario: Congestion outside of a packet that cannot tell of it ends there
    Given phase 2 uses AES-GCM-16-128
    When west starts quick mode
    Then both sides hold SAs of AES-GCM-16-128 in tunnel mode with matching SPIs
    When west sends an echo request that is Not-ECT inside and CE outside
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

  @id:ESP-ECN-003 @must @judges:peer @responder @clause:RFC6040-4.1-01
  Scenario Outline: <codepoint> inside is the same outside
    Given phase 2 uses AES-GCM-16-128
    When west starts quick mode
    Then both sides hold SAs of AES-GCM-16-128 in tunnel mode with matching SPIs
    When west sends an echo request that is <codepoint> inside and <codepoint> outside
    And an honest echo request follows
    Then the echo request is answered, and the honest one behind it is
    And the ECN field of its answer is <codepoint> inside
    And the ECN field of its answer is <codepoint> outside

    Examples:
      | codepoint |
      | Not-ECT   |
      | ECT(1)    |
      | ECT(0)    |
      | CE        |

  @id:ESP-DSC-001 @may @judges:peer @responder @clause:RFC4301-5.1.2-01
  Scenario Outline: DSCP <inner> inside is the same outside
    Given phase 2 uses AES-GCM-16-128
    When west starts quick mode
    Then both sides hold SAs of AES-GCM-16-128 in tunnel mode with matching SPIs
    When west sends an echo request with DSCP <inner> inside and <inner> outside
    And an honest echo request follows
    Then the echo request is answered, and the honest one behind it is
    And the DSCP of its answer is <inner> inside
    And the DSCP of its answer is <inner> outside

    Examples:
      | inner |
      | 0     |
      | 10    |
      | 46    |
      | 48    |

  @id:ESP-DSC-002 @must @judges:peer @responder @clause:RFC4301-4.1-03
  Scenario Outline: DSCP <outer> outside changes nothing inside
    Given phase 2 uses AES-GCM-16-128
    When west starts quick mode
    Then both sides hold SAs of AES-GCM-16-128 in tunnel mode with matching SPIs
    When west sends an echo request with DSCP 10 inside and <outer> outside
    And an honest echo request follows
    Then the echo request is answered, and the honest one behind it is
    And the DSCP of its answer is 10 inside

    Examples:
      | outer |
      | 0     |
      | 46    |
      | 63    |

  @id:ESP-INN-001 @must @judges:peer @responder @clause:RFC4301-5.1.2.1-02
  Scenario Outline: The inner header stays as the host made it: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends echo requests with the sequence numbers 1, 2
    And an honest echo request follows
    Then every echo request is answered once, and the honest one behind them
    And the inner header of each answer is as the host behind east made it
    And each answer has as many octets of its own as its request had

    Examples:
      | suite                             |
      | AES-GCM-16-128                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 |
      | NULL and HMAC-SHA1-96             |

  @id:ESP-FRG-001 @must @judges:peer @responder @clause:RFC4301-7.1-01
  Scenario Outline: Fragments go through the tunnel, each protected by itself: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request of <octets> octets in fragments of at most <mtu>, each protected by itself
    And an honest echo request follows
    Then the echo request is answered, and the honest one behind it is

    Examples:
      | suite                             | octets | mtu |
      | AES-GCM-16-128                    | 300    | 108 |
      | AES-GCM-16-128                    | 1400   | 576 |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 300    | 108 |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 1400   | 576 |

  @id:ESP-FRG-002 @must @judges:peer @responder @clause:RFC4303-3.4.1-01
  Scenario Outline: A packet that arrives in fragments is put together first, the <order> one first: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request of <octets> octets whose packet arrives in fragments of at most <mtu>, the <order> one first
    And an honest echo request follows
    Then the echo request is answered, and the honest one behind it is

    Examples:
      | suite                             | octets | mtu | order |
      | AES-GCM-16-128                    | 300    | 108 | first |
      | AES-GCM-16-128                    | 1400   | 576 | first |
      | AES-GCM-16-128                    | 300    | 108 | last  |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 300    | 108 | first |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 1400   | 576 | first |
      | AES-CBC-128 and HMAC-SHA2-256-128 | 300    | 108 | last  |

  @id:ESP-FRG-003 @must @judges:peer @responder @negative @clause:RFC4303-3.4.1-01
  Scenario Outline: The <piece> piece alone is not delivered: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When of an echo request whose packet is fragmented on the way only the <piece> piece arrives
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite                             | piece |
      | AES-GCM-16-128                    | first |
      | AES-GCM-16-128                    | last  |
      | AES-CBC-128 and HMAC-SHA2-256-128 | first |
      | AES-CBC-128 and HMAC-SHA2-256-128 | last  |
      | NULL and HMAC-SHA1-96             | first |
      | NULL and HMAC-SHA1-96             | last  |

  @id:ESP-FRG-004 @must @judges:peer @responder @clause:RFC4303-3.4.1-01 @clause:RFC4301-7.1-01
  Scenario Outline: What is too long for the link comes back whole: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request of 3000 octets whose packet arrives in fragments of at most 1400, the first one first
    And an honest echo request follows
    Then the echo request is answered, and the honest one behind it is
    And each answer has as many octets of its own as its request had

    Examples:
      | suite                             |
      | AES-GCM-16-128                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 |
