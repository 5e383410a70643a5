@ikev1 @mode-config
Feature: Mode config
  A host far away gets an inner address from the gateway in a transaction exchange between phase 1 and quick mode: it asks (REQUEST, REPLY),
  or the gateway speaks first (SET, ACK) (draft-dukes-ike-mode-cfg-02).

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-MCFG-001 @must @judges:both @clause:DRAFT-DUKES-IKE-MODE-CFG-02-5.1-01 @clause:DRAFT-DUKES-IKE-MODE-CFG-02-2-01 @clause:DRAFT-DUKES-IKE-MODE-CFG-02-3.4-01 @clause:DRAFT-DUKES-IKE-MODE-CFG-02-3.1.1-01
  Scenario Outline: The host asks for its address before quick mode
    Given <client> gets its inner address and a name server from the other side, when it asks
    And phase 1 runs in <mode> mode
    When <client> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And these transactions follow phase 1, in this order
      | from      | message | attributes                                                                                                    |
      | <client>  | REQUEST | INTERNAL_IP4_ADDRESS, INTERNAL_IP4_NETMASK*, INTERNAL_IP4_DNS*, INTERNAL_IP4_NBNS*, attribute 13*, attribute 5*, attribute 7* |
      | <gateway> | REPLY   | INTERNAL_IP4_ADDRESS, INTERNAL_IP4_NETMASK*, INTERNAL_IP4_DNS*, INTERNAL_IP4_NBNS*, attribute 13*, attribute 5*, attribute 7* |
    And no other exchange comes between phase 1 and the last transaction
    And each transaction message is encrypted, a HASH before its attributes
    And each answer has the identifier of what it answers
    And no attribute of a REPLY is without value
    And the REPLY gives <client> the address that the policy has for it

    @responder
    Examples: the peer responds, and is the gateway
      | client | gateway | mode       |
      | west   | east    | main       |
      | west   | east    | aggressive |

    @initiator
    Examples: the peer initiates, and gets the address
      | client | gateway | mode       |
      | east   | west    | main       |
      | east   | west    | aggressive |

  @id:IKE1-MCFG-002 @must @judges:both @clause:DRAFT-DUKES-IKE-MODE-CFG-02-2-02 @clause:DRAFT-DUKES-IKE-MODE-CFG-02-3.1.1-01
  Scenario Outline: The gateway gives the address without being asked
    Given <client> gets its inner address and a name server from the other side, without asking
    When <client> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And these transactions follow phase 1, in this order
      | from      | message | attributes                                                                    |
      | <gateway> | SET     | INTERNAL_IP4_ADDRESS, INTERNAL_IP4_NETMASK*, INTERNAL_IP4_DNS*, attribute 13* |
      | <client>  | ACK     | INTERNAL_IP4_ADDRESS, INTERNAL_IP4_NETMASK*, INTERNAL_IP4_DNS*, attribute 13* |
    And no other exchange comes between phase 1 and the last transaction
    And each answer has the identifier of what it answers
    And the ACK has no value in any attribute
    And the SET gives <client> the address that the policy has for it

    @responder
    Examples: the peer responds, and is the gateway
      | client | gateway |
      | west   | east    |

    @initiator
    Examples: the peer initiates, and gets the address
      | client | gateway |
      | east   | west    |

  @id:IKE1-MCFG-003 @must @judges:both @clause:DRAFT-DUKES-IKE-MODE-CFG-02-2-01 @clause:DRAFT-DUKES-IKE-MODE-CFG-02-5.1-01
  Scenario Outline: The assigned address carries traffic
    Given <client> gets its inner address and a name server from the other side, <how>
    When <client> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    When a host behind <client> pings a host behind <gateway> 2 times
    Then every ping is answered
    And every ESP frame decrypts to the ICMP echo that was sent

    @responder
    Examples: the peer responds, and is the gateway
      | client | gateway | how            |
      | west   | east    | when it asks   |
      | west   | east    | without asking |

    @initiator
    Examples: the peer initiates, and gets the address
      | client | gateway | how            |
      | east   | west    | when it asks   |
      | east   | west    | without asking |

  @id:IKE1-MCFG-004 @must @responder @judges:peer @clause:DRAFT-DUKES-IKE-MODE-CFG-02-2-01 @clause:DRAFT-DUKES-IKE-MODE-CFG-02-3.1.1-02
  Scenario: Every REQUEST is answered, also one for what nobody has
    When west starts phase 1 in main mode
    Then phase 1 is established
    When west asks for the attribute 7
    Then east answers 1 REQUEST with a REPLY each
    When west asks for the attributes 16383, 4711
    Then east answers 2 REQUESTs with a REPLY each
    And each transaction has a message ID of its own

  @id:IKE1-MCFG-005 @must @responder @judges:peer @clause:DRAFT-DUKES-IKE-MODE-CFG-02-3.1.1-01
  Scenario: A REQUEST under a wrong HASH is ignored
    When west starts phase 1 in main mode
    Then phase 1 is established
    When west asks for the attribute 7 under a wrong HASH
    And west asks for the attribute 7
    Then east answers 1 REQUEST with a REPLY each
    And the REQUEST under a wrong HASH is not answered

  @id:IKE1-MCFG-006 @must @judges:both @xauth @clause:DRAFT-BEAULIEU-IKE-XAUTH-02-6-01 @clause:DRAFT-DUKES-IKE-MODE-CFG-02-5.1-01 @clause:DRAFT-DUKES-IKE-MODE-CFG-02-3.1.1-02
  Scenario Outline: XAUTH comes before mode config
    Given a user at <client> authenticates after pre-shared keys
    And <client> gets its inner address and a name server from the other side, when it asks
    When <client> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And these transactions follow phase 1, in this order
      | from      | message | attributes                                                                                                    |
      | <gateway> | REQUEST | XAUTH-USER-NAME, XAUTH-USER-PASSWORD, XAUTH-TYPE*, XAUTH-MESSAGE*                                             |
      | <client>  | REPLY   | XAUTH-USER-NAME, XAUTH-USER-PASSWORD, XAUTH-TYPE*                                                             |
      | <gateway> | SET     | XAUTH-STATUS, XAUTH-MESSAGE*                                                                                  |
      | <client>  | ACK     | XAUTH-STATUS*                                                                                                 |
      | <client>  | REQUEST | INTERNAL_IP4_ADDRESS, INTERNAL_IP4_NETMASK*, INTERNAL_IP4_DNS*, INTERNAL_IP4_NBNS*, attribute 13*, attribute 5*, attribute 7* |
      | <gateway> | REPLY   | any                                                                                                           |
    And each transaction has a message ID of its own
    And the REPLY gives <client> the address that the policy has for it

    @responder
    Examples: the peer responds, and is the gateway
      | client | gateway |
      | west   | east    |

    @initiator
    Examples: the peer initiates, and gets the address
      | client | gateway |
      | east   | west    |
