@esp
Feature: What an SA may carry, and what goes without one
  After decapsulation a packet must be what its SA was made for (RFC 4301 section 5.2), and what has no SA is bypassed or
  discarded as the policy says (section 4.4.1). Connection requests go to ports where nobody listens: a host that gets one
  refuses it.

  Background:
    Given west and east share a pre-shared key

  @id:ESP-POL-001 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4301-5.2-01 @clause:RFC4301-4.4.2-01 @clause:RFC4301-5-01
  Scenario Outline: From <from> to <to> is not this SA's traffic: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west's newest SA carries an echo request from <from> to <to>
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite                             | from                   | to                     |
      | AES-GCM-16-128                    | a stranger behind west | the host behind east   |
      | AES-GCM-16-128                    | the host behind west   | a stranger behind east |
      | AES-GCM-16-128                    | a stranger behind west | a stranger behind east |
      | AES-GCM-16-128                    | the host behind east   | the host behind east   |
      | AES-GCM-16-128                    | the host behind east   | the host behind west   |
      | AES-CBC-128 and HMAC-SHA2-256-128 | a stranger behind west | the host behind east   |
      | AES-CBC-128 and HMAC-SHA2-256-128 | the host behind west   | a stranger behind east |
      | AES-CBC-128 and HMAC-SHA2-256-128 | a stranger behind west | a stranger behind east |
      | AES-CBC-128 and HMAC-SHA2-256-128 | the host behind east   | the host behind east   |
      | AES-CBC-128 and HMAC-SHA2-256-128 | the host behind east   | the host behind west   |

  @id:ESP-POL-002 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4301-5.2-01 @clause:RFC4301-4.4.2-01
  Scenario Outline: The traffic of one SA is not the other one's: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    When west starts another quick mode for other networks
    Then both sides hold two pairs of ESP SAs with matching SPIs
    When west's newest SA carries an echo request from <from> to <to>
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite                             | from                                    | to                   |
      | AES-GCM-16-128                    | the host behind west                    | the host behind east |
      | AES-GCM-16-128                    | a host of the other network behind west | the host behind east |
      | AES-CBC-128 and HMAC-SHA2-256-128 | the host behind west                    | the host behind east |
      | AES-CBC-128 and HMAC-SHA2-256-128 | a host of the other network behind west | the host behind east |

  @id:ESP-POL-003 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4303-2.1-02
  Scenario Outline: Each SPI stands for its own keys: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    When west starts another quick mode for other networks
    Then both sides hold two pairs of ESP SAs with matching SPIs
    When west sends an echo request with the SPI of the other SA
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite                             |
      | AES-GCM-16-128                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 |

  @id:ESP-POL-004 @must @judges:peer @responder @tunnel-mode @clause:RFC4303-2.1-02 @clause:RFC4301-4.4.1.1-01
  Scenario Outline: Both SAs carry what is theirs: <suite>
    Given phase 2 uses <suite>
    When west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    When west starts another quick mode for other networks
    Then both sides hold two pairs of ESP SAs with matching SPIs
    When west's newest SA carries an echo request from a host of the other network behind west to a host of the other network behind east
    And an honest echo request follows
    Then the echo request is answered, and the honest one behind it is

    Examples:
      | suite                             |
      | AES-GCM-16-128                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 |

  @id:ESP-POL-005 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4301-5.2-01 @clause:RFC4301-4.4.1.1-01 @clause:RFC4301-4.4.2-01
  Scenario Outline: From port <from> to port <to> is not the traffic of an SA for ports 5000 and 53
    Given the traffic between two hosts is protected
    And only its packets of protocol 6 between port 5000 on west's side and port 53 on east's side are protected
    When west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    When west's SA carries a connection request from port <from> to port <to>
    And an honest connection request follows from port 5000 to port 53
    Then the connection request is not answered, and the honest one behind it is refused in the SA

    Examples:
      | from | to   |
      | 5000 | 54   |
      | 5001 | 53   |
      | 53   | 5000 |
      | 5001 | 54   |

  @id:ESP-POL-006 @must @judges:peer @responder @tunnel-mode @clause:RFC4301-4.4.1.1-01
  Scenario: From port 5000 to port 53 is the traffic of an SA for these
    Given the traffic between two hosts is protected
    And only its packets of protocol 6 between port 5000 on west's side and port 53 on east's side are protected
    When west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    When west's SA carries a connection request from port 5000 to port 53
    And an honest connection request follows from port 5000 to port 53
    Then the connection request is refused in the SA, and the honest one behind it is refused in the SA

  @id:ESP-POL-007 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4301-5.2-01 @clause:RFC4301-4.4.1.1-01
  Scenario: An echo request is not the traffic of an SA for TCP
    Given the traffic between two hosts is protected
    And only its packets of protocol 6 between port 5000 on west's side and port 53 on east's side are protected
    When west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    When west's newest SA carries an echo request from the host behind west to the host behind east
    And an honest connection request follows from port 5000 to port 53
    Then the connection request is not answered, and the honest one behind it is refused in the SA

  @id:ESP-POL-012 @must @judges:peer @responder @tunnel-mode @negative @clause:RFC4301-7.3-02 @clause:RFC4301-4.4.1.1-03
  Scenario: A piece without ports is not the traffic of an SA for ports 5000 and 53
    Given the traffic between two hosts is protected
    And only its packets of protocol 6 between port 5000 on west's side and port 53 on east's side are protected
    When west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    When west's SA carries the pieces of a connection request from port 5000 to port 53
    And an honest connection request follows from port 5000 to port 53
    Then the connection request is not answered, and the honest one behind it is refused in the SA

  @id:ESP-POL-013 @must @judges:peer @responder @tunnel-mode @clause:RFC4301-4.4.1.1-02
  Scenario: An SA for echo requests carries nothing else
    Given the traffic between two hosts is protected
    And only its packets of protocol 1 between port 2048 on west's side and port 2048 on east's side are protected
    When west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    When west's newest SA carries an echo request from the host behind west to the host behind east
    And a host behind east asks a host behind west, and is heard
    Then east has sent its own echo request and no other packet

  @id:ESP-POL-008 @must @judges:peer @responder @transport-mode @negative @clause:RFC4301-4.4.1-01 @clause:RFC4301-4.4.1-02
  Scenario Outline: Port <port>, which is <policy>, in clear: <fate>
    Given phase 2 runs in transport mode
    And only its packets of protocol 6 between port 5000 on west's side and port 7001 on east's side are protected
    And packets to east's TCP port 7002 are bypassed
    And packets to east's TCP port 7003 are discarded
    When west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    When west sends a connection request from port 5000 to port <port> in clear
    And an honest connection request follows from port 5000 to port 7001
    Then the connection request is <fate>, and the honest one behind it is refused in the SA

    Examples:
      | port | policy    | fate             |
      | 7001 | protected | not answered     |
      | 7002 | bypassed  | refused in clear |
      | 7003 | discarded | not answered     |

  @id:ESP-POL-009 @must @judges:peer @responder @transport-mode @negative @clause:RFC4301-5.2-01 @clause:RFC4301-4.4.1-01
  Scenario Outline: Port <port>, which is <policy>, in the SA: <fate>
    Given phase 2 runs in transport mode
    And only its packets of protocol 6 between port 5000 on west's side and port 7001 on east's side are protected
    And packets to east's TCP port 7002 are bypassed
    And packets to east's TCP port 7003 are discarded
    When west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    When west's SA carries a connection request from port 5000 to port <port>
    And an honest connection request follows from port 5000 to port 7001
    Then the connection request is <fate>, and the honest one behind it is refused in the SA

    Examples:
      | port | policy    | fate              |
      | 7001 | protected | refused in the SA |
      | 7002 | bypassed  | not answered      |
      | 7003 | discarded | not answered      |

  @id:ESP-POL-010 @must @judges:peer @responder @transport-mode @negative @clause:RFC4301-4.4.1-02
  Scenario Outline: What must be protected is not taken in clear: <suite>
    Given phase 2 uses <suite>
    And phase 2 runs in transport mode
    When west starts quick mode
    Then both sides hold SAs of <suite> in transport mode with matching SPIs
    When west sends an echo request in clear
    And an honest echo request follows
    Then the echo request is not answered, and the honest one behind it is

    Examples:
      | suite                             |
      | AES-GCM-16-128                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 |

  @id:ESP-POL-011 @must @judges:peer @responder @transport-mode @clause:RFC4301-5.2-03
  Scenario Outline: IKE goes on beside an SA for everything: <suite>
    Given phase 2 uses <suite>
    And phase 2 runs in transport mode
    When west starts quick mode
    Then both sides hold SAs of <suite> in transport mode with matching SPIs
    When west rekeys the pair of ESP SAs
    Then a second quick mode gives a new pair of ESP SAs under the same IKE SA

    Examples:
      | suite                             |
      | AES-GCM-16-128                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 |

  @id:ESP-UDP-001 @must @judges:peer @responder @tunnel-mode @nat-traversal @clause:RFC3948-2.1-03
  Scenario Outline: A UDP checksum is no reason to discard ESP: <suite>
    Given phase 2 uses <suite>
    And east encapsulates in UDP even without a NAT
    When west starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    When west sends an echo request in UDP that has a checksum
    And an honest echo request follows
    Then the echo request is answered, and the honest one behind it is

    Examples:
      | suite                             |
      | AES-GCM-16-128                    |
      | AES-CBC-128 and HMAC-SHA2-256-128 |
