@ikev1 @phase1 @main-mode
Feature: Ports, payload chains and vendor IDs
  What holds for every message whatever it is about: the UDP port it uses (RFC 2408 section 2.5.1), the way its payloads
  follow one another (sections 3.2 and 3.4), and what is done about extensions that only their vendors know (section 3.16).

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-MF-001 @must @judges:both @clause:RFC2408-2.5.1-01 @clause:RFC2408-3.2-01 @clause:RFC2408-3.4-01 @quick-mode @phase2
  Scenario Outline: Messages use port 500, and their payloads fill them
    When <initiator> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And every message from east goes from UDP port 500 to UDP port 500
    And the payloads of every message from east fill it, and the last one says that none follows
    And no SA payload from east says that a Proposal or a Transform follows it

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |

  @id:IKE1-MF-002 @must @judges:both @clause:RFC2408-3.16-01 @quick-mode @phase2
  Scenario Outline: Vendor IDs that nobody knows change nothing, and none come after phase 1
    Given west sends vendor IDs that nobody knows
    When <initiator> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And the vendor IDs that nobody knows crossed the wire
    And no message of phase 2 from east has a vendor ID

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |

  @id:IKE1-MF-003 @must @judges:both @clause:RFC2408-3.16-02 @quick-mode @phase2
  Scenario Outline: Without their vendor ID no private payloads are used
    Given west does not announce that it takes fragments
    When <initiator> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And no message from east has a payload of the private range

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |
