@ikev1 @esp @phase2
Feature: Replacing SAs
  SAs are replaced before their lives end. The new pair is used for what is sent as soon as it is there, and what still
  arrives on the old one is taken until that is deleted (RFC 2408 section 4.3). ESP SAs outlive the IKE SA that made them
  when that is replaced (RFC 2409 section 5.5).

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-REKEY-001 @should @judges:both @quick-mode @clause:RFC2408-4.3-01
  Scenario Outline: A new pair of ESP SAs takes over
    Given a tunnel between the networks behind west and east
    And a ping from behind west to behind east was answered
    When <side> rekeys the pair of ESP SAs
    And a second quick mode gives a new pair of ESP SAs under the same IKE SA
    And east lists the new pair
    And a host behind west pings a host behind east 2 times
    Then every ping is answered
    And east sends with the SPI of the new pair

    @responder
    Examples: the peer responds
      | side |
      | west |

    @initiator
    Examples: the peer initiates
      | side |
      | east |

  @id:IKE1-REKEY-002 @should @judges:both @quick-mode @clause:RFC2408-4.3-01
  Scenario Outline: The old pair still receives after the new one is there
    Given a tunnel between the networks behind west and east
    And a ping from behind west to behind east was answered
    When an ESP frame with a new echo request is held back
    And <side> rekeys the pair of ESP SAs
    And a second quick mode gives a new pair of ESP SAs under the same IKE SA
    And east lists the new pair
    And the frame that was held back is sent
    Then the request that was held back is answered, with the SPI of the new pair

    @responder
    Examples: the peer responds
      | side |
      | west |

    @initiator
    Examples: the peer initiates
      | side |
      | east |

  @id:IKE1-REKEY-003 @should @judges:both @phase1 @clause:RFC2408-4.3-02 @clause:RFC2408-4.3-01
  Scenario Outline: The ESP SAs outlive the IKE SA that is replaced
    Given a tunnel between the networks behind west and east
    And a ping from behind west to behind east was answered
    When <side> replaces the IKE SA
    Then a second phase 1 gives an IKE SA with cookies of its own on both sides
    And both sides hold one pair of ESP SAs with matching SPIs
    And a ping from behind west to behind east is answered

    @responder
    Examples: the peer responds
      | side |
      | west |

    @initiator
    Examples: the peer initiates
      | side |
      | east |

  @id:IKE1-REKEY-004 @should @judges:both @quick-mode @responder @clause:RFC2408-4.3-03
  Scenario: The first quick mode after the IKE SA was replaced runs under the new one
    Given a tunnel between the networks behind west and east
    When west replaces the IKE SA
    And a second phase 1 gives an IKE SA with cookies of its own on both sides
    And west starts another quick mode for other networks
    Then both sides hold two pairs of ESP SAs with matching SPIs
    And the last quick mode ran under the new IKE SA

  @id:IKE1-REKEY-005 @should @judges:both @quick-mode @clause:RFC2408-4.3-01
  Scenario Outline: Both sides rekey at once, and traffic goes on
    Given a tunnel between the networks behind west and east
    And a ping from behind west to behind east was answered
    When both sides rekey the pair of ESP SAs at once
    And what comes of it is settled
    And a host behind <asking> pings a host behind <asked> 3 times
    Then every ping is answered

    @responder
    Examples: asked by west's host
      | asking | asked |
      | west   | east  |

    @initiator
    Examples: asked by east's host
      | asking | asked |
      | east   | west  |

  @id:IKE1-REKEY-006 @should @judges:both @quick-mode @timer @clause:RFC4301-4.4.2.1-02 @clause:RFC2408-4.3-03
  Scenario Outline: A pair is replaced before its time is up
    Given ESP SAs of <side> live for 6 seconds and are replaced after 1
    And a tunnel between the networks behind west and east
    When a second quick mode gives a new pair of ESP SAs under the same IKE SA
    And east lists the new pair
    Then <side> started it before 6 seconds were over
    And a ping from behind west to behind east is answered

    @responder
    Examples: the peer responds
      | side |
      | west |

    @initiator
    Examples: the peer initiates
      | side |
      | east |

  @id:IKE1-REKEY-007 @should @judges:both @quick-mode @responder @clause:RFC4301-4.4.2.1-02 @clause:RFC4301-4.4.2.1-01
  Scenario: A pair is replaced before it has carried what it may
    Given ESP SAs of west carry 16 kilobytes and are replaced after 2
    And a tunnel between the networks behind west and east
    When a host behind west pings a host behind east 40 times
    And a second quick mode gives a new pair of ESP SAs under the same IKE SA
    And east lists the new pair
    Then a ping from behind west to behind east is answered
