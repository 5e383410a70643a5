@ikev1 @esp @phase2 @quick-mode
Feature: Selectors of quick mode
  Two identification payloads say what traffic the SAs are for: the initiator's client first, then the responder's
  (RFC 2409 section 5.5). Each names an address, a subnet or a range, and perhaps a protocol and a port
  (RFC 2407 section 4.6.2). Without them the peers' own addresses are meant.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-SEL-001 @must @judges:both @clause:RFC2409-5.5-03 @clause:RFC2407-4.6.2-02
  Scenario Outline: The traffic between two <shape> is protected
    Given the traffic between two <shape> is protected
    When <initiator> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And the client identities from east are laid out as their types demand
    And the client identities from east are those of the policies, the initiator's first
    And a ping from behind west to behind east is answered

    @responder
    Examples: the peer responds
      | initiator | shape   |
      | west      | subnets |
      | west      | ranges  |
      | west      | hosts   |

    @initiator
    Examples: the peer initiates
      | initiator | shape   |
      | east      | subnets |
      | east      | ranges  |
      | east      | hosts   |

  @id:IKE1-SEL-002 @must @judges:both @clause:RFC2409-5.5-03 @clause:RFC2407-4.6.2-02
  Scenario Outline: Only ICMP between two <shape> is protected
    Given the traffic between two <shape> is protected
    And only its packets of protocol 1 are protected
    When <initiator> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And the client identities from east are laid out as their types demand
    And the client identities from east are those of the policies, the initiator's first
    And a ping from behind west to behind east is answered

    @responder
    Examples: the peer responds
      | initiator | shape   |
      | west      | subnets |
      | west      | hosts   |

    @initiator
    Examples: the peer initiates
      | initiator | shape   |
      | east      | subnets |
      | east      | hosts   |

  @id:IKE1-SEL-003 @must @judges:both @clause:RFC2409-5.5-03 @clause:RFC2407-4.6.2-02
  Scenario Outline: Only protocol <protocol> between two ports is protected
    Given the traffic between two hosts is protected
    And only its packets of protocol <protocol> between port 5000 on west's side and port 53 on east's side are protected
    When <initiator> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And the client identities from east are laid out as their types demand
    And the client identities from east are those of the policies, the initiator's first

    @responder
    Examples: the peer responds
      | initiator | protocol |
      | west      | 17       |
      | west      | 6        |

    @initiator
    Examples: the peer initiates
      | initiator | protocol |
      | east      | 17       |
      | east      | 6        |

  @id:IKE1-SEL-004 @must @judges:both @responder @clause:RFC2409-5.5-03
  Scenario Outline: Without client identities the gateways' own traffic is meant, in <mode> mode
    Given the traffic between the gateways themselves is protected
    And phase 2 runs in <mode> mode
    And west names no client identities
    When west starts quick mode
    Then both sides hold SAs of AES-GCM-16-128 in <mode> mode with matching SPIs
    And west's quick mode names no client identities
    And east's quick mode names none either, or the gateways' own addresses
    And a ping from west to east is answered

    Examples:
      | mode      |
      | transport |
      | tunnel    |

  @id:IKE1-SEL-005 @should @judges:both @responder @clause:RFC2409-5.5-04 @negative
  Scenario: Networks that the responder's policy does not have are refused with INVALID-ID-INFORMATION
    Given west wants to protect networks that the other side's policy does not have
    When west starts quick mode
    Then east notifies the other side of INVALID-ID-INFORMATION, under the IKE SA
    And no side holds an ESP SA
    And both sides hold an established IKE SA with the same cookies
