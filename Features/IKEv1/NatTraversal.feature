@ikev1 @nat-traversal
Feature: NAT traversal
  A NAT changes addresses and ports, and ESP has none. Both sides look for NATs in phase 1 with hashes of the addresses and ports that
  they see; where there is one, IKE moves to port 4500, and ESP travels in UDP between the same ports (RFC 3947, RFC 3948).

  The NATs of these scenarios stand on west's end of the wire: what the wire shows is what east sees.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-NAT-001 @must @main-mode @judges:both @clause:RFC3947-3.1-01 @clause:RFC3947-3.2-01
  Scenario Outline: Both sides announce NAT traversal and look for NATs in main mode
    Given both sides look for NATs, and no NAT is on the path
    When <initiator> starts phase 1 in main mode
    Then these messages cross the wire, in this order
      | from        | exchange            | encrypted | payloads           |
      | <initiator> | Identity Protection | no        | SA, VID*           |
      | <responder> | Identity Protection | no        | SA, VID*           |
      | <initiator> | Identity Protection | no        | KE, NONCE, NAT-D*  |
      | <responder> | Identity Protection | no        | KE, NONCE, NAT-D*  |
      | <initiator> | Identity Protection | yes       | ID, HASH, N*       |
      | <responder> | Identity Protection | yes       | ID, HASH, N*       |
    And phase 1 is established
    And each side announces NAT traversal in its first message
    And the NAT-D payloads are in messages 3 and 4
    And no IKE message leaves port 500

    @responder
    Examples: the peer responds
      | initiator | responder |
      | west      | east      |

    @initiator
    Examples: the peer initiates
      | initiator | responder |
      | east      | west      |

  @id:IKE1-NAT-002 @must @aggressive-mode @judges:both @clause:RFC3947-3.1-01 @clause:RFC3947-3.2-01
  Scenario Outline: Both sides announce NAT traversal and look for NATs in aggressive mode
    Given both sides look for NATs, and no NAT is on the path
    When <initiator> starts phase 1 in aggressive mode
    Then phase 1 is established
    And each side announces NAT traversal in its first message
    And the NAT-D payloads are in messages 2 and 3
    And no IKE message leaves port 500

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |

  @id:IKE1-NAT-003 @must @judges:both @clause:RFC3947-3.1-01
  Scenario Outline: Who is not told of NAT traversal looks for no NAT
    Given west does not announce NAT traversal
    And phase 1 runs in <mode> mode
    When <initiator> starts phase 1
    Then phase 1 is established
    And no message has a NAT-D payload
    And no IKE message leaves port 500

    @responder
    Examples: the peer responds
      | initiator | mode       |
      | west      | main       |
      | west      | aggressive |

    @initiator
    Examples: the peer initiates
      | initiator | mode       |
      | east      | main       |
      | east      | aggressive |

  @id:IKE1-NAT-004 @must @clause:RFC3947-3.2-01
  Scenario Outline: The hashes are those of the addresses and ports that the sender sees
    Given both sides look for NATs, and <nat>
    And phase 1 runs in <mode> mode
    When <initiator> starts phase 1
    Then phase 1 is established
    And each NAT-D payload from both sides is the hash of an address and port as its sender sees them, the destination first

    @responder @judges:both
    Examples: the peer responds
      | initiator | mode       | nat                                             |
      | west      | main       | no NAT is on the path                           |
      | west      | main       | a NAT is in front of west                       |
      | west      | main       | a NAT that gives other ports is in front of west |
      | west      | main       | a NAT is in front of east                       |
      | west      | main       | NATs are in front of both                       |
      | west      | aggressive | no NAT is on the path                           |
      | west      | aggressive | a NAT that gives other ports is in front of west |

    @initiator @judges:both
    Examples: the peer initiates
      | initiator | mode       | nat                       |
      | east      | main       | no NAT is on the path     |
      | east      | main       | a NAT is in front of east |
      | east      | aggressive | no NAT is on the path     |

    @initiator @judges:peer
    Examples: the peer initiates from behind a NAT, and moves to port 4500 in message 3
      | initiator | mode       | nat                       |
      | east      | aggressive | a NAT is in front of east |

  @id:IKE1-NAT-005 @must @judges:both @clause:RFC3947-4-01 @clause:RFC3947-4-02 @clause:RFC3947-4-03 @clause:RFC3948-2.2-01
  Scenario Outline: A NAT moves both sides to port 4500
    Given both sides look for NATs, and <nat>
    And phase 1 runs in <mode> mode
    When <initiator> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And the initiator moves to port 4500 with message <number>, and stays there
    And four zero octets stand before each IKE message on port 4500, and before no other
    And the responder answers each message to the port from which it came

    @responder
    Examples: the peer responds
      | initiator | mode       | number | nat                                             |
      | west      | main       | 5      | a NAT is in front of west                       |
      | west      | main       | 5      | a NAT that gives other ports is in front of west |
      | west      | main       | 5      | a NAT is in front of east                       |
      | west      | main       | 5      | NATs are in front of both                       |
      | west      | aggressive | 3      | a NAT is in front of west                       |
      | west      | aggressive | 3      | a NAT that gives other ports is in front of west |

    @initiator
    Examples: the peer initiates
      | initiator | mode       | number | nat                       |
      | east      | main       | 5      | a NAT is in front of east |
      | east      | aggressive | 3      | a NAT is in front of east |

  @id:IKE1-NAT-006 @must @judges:both @clause:RFC3948-2.1-01 @clause:RFC3948-2.1-04 @clause:RFC3947-5.1-01
  Scenario Outline: ESP travels in UDP through a NAT, in both directions
    Given both sides look for NATs, and <nat>
    When <initiator> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And every transform of the quick mode has encapsulation mode 3
    And east lists its pair of ESP SAs as encapsulated in UDP
    When a host behind west pings a host behind east 2 times
    Then every ping is answered
    And the ESP frames from both sides stand in UDP, between the ports of IKE
    And every ESP frame decrypts to the ICMP echo that was sent
    When a host behind east pings a host behind west 2 times
    Then every ping is answered
    And the ESP frames from both sides stand in UDP, between the ports of IKE

    @responder
    Examples: the peer responds
      | initiator | nat                                             |
      | west      | a NAT is in front of west                       |
      | west      | a NAT that gives other ports is in front of west |
      | west      | a NAT is in front of east                       |
      | west      | NATs are in front of both                       |

    @initiator
    Examples: the peer initiates
      | initiator | nat                       |
      | east      | a NAT is in front of east |

  @id:IKE1-NAT-007 @should @judges:both @clause:RFC3947-5.1-01
  Scenario Outline: Without a NAT nothing is encapsulated in UDP
    Given both sides look for NATs, and no NAT is on the path
    When <initiator> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And every transform of the quick mode has encapsulation mode 1
    When a host behind west pings a host behind east 1 time
    Then every ping is answered
    And the ESP frames from both sides stand in no UDP

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |

  @id:IKE1-NAT-008 @must @judges:both @clause:RFC3947-4-01 @clause:RFC3947-4-03 @clause:RFC3948-2.1-01
  Scenario Outline: A side that wants encapsulation gets it without a NAT
    Given <forcer> encapsulates in UDP even without a NAT
    When <initiator> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And no NAT-D payload from <forcer> tells where its messages come from
    And the initiator moves to port 4500 with message 5, and stays there
    When a host behind west pings a host behind east 1 time
    Then every ping is answered
    And the ESP frames from both sides stand in UDP, between the ports of IKE

    @responder
    Examples: the peer responds
      | initiator | forcer |
      | west      | west   |
      | west      | east   |

    @initiator
    Examples: the peer initiates
      | initiator | forcer |
      | east      | west   |
      | east      | east   |

  @id:IKE1-NAT-009 @must @responder @judges:peer @clause:RFC3947-3-01
  Scenario: Messages from another port than 500 are answered to that port
    Given both sides look for NATs, and a NAT that gives other ports is in front of west
    And west does not announce NAT traversal
    When west starts phase 1 in main mode
    Then phase 1 is established
    And the responder answers each message to the port from which it came

  @id:IKE1-NAT-010 @must @responder @judges:peer @clause:RFC3947-4-04 @clause:RFC3947-4-02
  Scenario Outline: Phase 1 may begin on port 4500
    Given both sides look for NATs, and <nat>
    And west starts on port 4500
    And phase 1 runs in <mode> mode
    When west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And four zero octets stand before each IKE message on port 4500, and before no other
    And the responder answers each message to the port from which it came

    Examples:
      | mode       | nat                                             |
      | main       | no NAT is on the path                           |
      | main       | a NAT that gives other ports is in front of west |
      | aggressive | a NAT is in front of west                       |

  @id:IKE1-NAT-011 @must @judges:both @clause:RFC3947-4-06
  Scenario Outline: Identities name no port
    Given both sides look for NATs, and <nat>
    When <initiator> starts phase 1 in main mode
    Then phase 1 is established
    And the port in every identity of phase 1 is zero

    @responder
    Examples: the peer responds
      | initiator | nat                       |
      | west      | a NAT is in front of west |

    @initiator
    Examples: the peer initiates
      | initiator | nat                       |
      | east      | a NAT is in front of east |

  @id:IKE1-NAT-012 @must @clause:RFC3947-5.2-01
  Scenario Outline: In transport mode both sides tell the original addresses
    Given both sides look for NATs, and <nat>
    And ESP runs in transport mode between the gateways themselves
    When <initiator> starts quick mode
    Then both sides tell both original addresses, the initiator's first
    And every transform of the quick mode has encapsulation mode 4

    @responder @judges:peer
    Examples: the peer responds
      | initiator | nat                       |
      | west      | a NAT is in front of west |

    @initiator @judges:both
    Examples: the peer initiates
      | initiator | nat                       |
      | east      | a NAT is in front of east |

  @id:IKE1-NAT-013 @should @responder @judges:peer @clause:RFC3947-7-01
  Scenario: A side that is not behind a NAT follows when the mapping changes
    Given both sides look for NATs, and a NAT that gives other ports is in front of west
    And a tunnel between the networks behind west and east
    And a ping from behind west to behind east was answered
    When the NAT in front of west forgets its mappings
    And a host behind west pings a host behind east 1 time
    Then east sends ESP to the new port of the NAT

  @id:IKE1-NAT-014 @should @responder @judges:peer @clause:RFC3948-2.3-02
  Scenario: Keepalives are ignored
    Given both sides look for NATs, and a NAT is in front of west
    And a tunnel between the networks behind west and east
    When west sends a keepalive
    And a host behind west pings a host behind east 1 time
    Then every ping is answered
    And the keepalive was not answered

  @id:IKE1-NAT-015 @should @responder @judges:peer @clause:RFC3948-2.1-02
  Scenario: Encapsulated ESP has no UDP checksum
    Given both sides look for NATs, and a NAT is in front of west
    And a tunnel between the networks behind west and east
    When a host behind west pings a host behind east 2 times
    Then every ping is answered
    And the UDP checksum of every ESP frame from east is zero
