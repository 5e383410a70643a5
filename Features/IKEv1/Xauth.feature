@ikev1 @xauth
Feature: Extended authentication
  Phase 1 authenticates hosts. XAUTH then authenticates the user at one of them: the gateway asks for name and password in a transaction
  exchange, and says in another whether it lets the user in (draft-beaulieu-ike-xauth-02).

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-XAUTH-001 @must @judges:both @clause:DRAFT-BEAULIEU-IKE-XAUTH-02-6-01 @clause:DRAFT-BEAULIEU-IKE-XAUTH-02-7.2-01 @clause:DRAFT-DUKES-IKE-MODE-CFG-02-3.1.1-01
  Scenario Outline: XAUTH comes between phase 1 and quick mode
    Given a user at <client> authenticates after <phase 1>
    And phase 1 runs in <mode> mode
    When <client> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And both SA payloads of phase 1 name authentication method <method>
    And these transactions follow phase 1, in this order
      | from      | message | attributes                                                        |
      | <gateway> | REQUEST | XAUTH-USER-NAME, XAUTH-USER-PASSWORD, XAUTH-TYPE*, XAUTH-MESSAGE* |
      | <client>  | REPLY   | XAUTH-USER-NAME, XAUTH-USER-PASSWORD, XAUTH-TYPE*                 |
      | <gateway> | SET     | XAUTH-STATUS, XAUTH-MESSAGE*                                      |
      | <client>  | ACK     | XAUTH-STATUS*                                                     |
    And no other exchange comes between phase 1 and the last transaction
    And each transaction message is encrypted, a HASH before its attributes

    @responder
    Examples: the peer responds, and is the gateway
      | client | gateway | phase 1                     | method | mode       |
      | west   | east    | pre-shared keys             | 65001  | main       |
      | west   | east    | pre-shared keys             | 65001  | aggressive |
      | west   | east    | RSA signatures              | 65005  | main       |
      | west   | east    | RSA signatures              | 65005  | aggressive |
      | west   | east    | the gateway's RSA signature | 64221  | main       |
      | west   | east    | the gateway's RSA signature | 64221  | aggressive |

    @initiator
    Examples: the peer initiates, and has the user
      | client | gateway | phase 1                     | method | mode       |
      | east   | west    | pre-shared keys             | 65001  | main       |
      | east   | west    | pre-shared keys             | 65001  | aggressive |
      | east   | west    | RSA signatures              | 65005  | main       |
      | east   | west    | RSA signatures              | 65005  | aggressive |
      | east   | west    | the gateway's RSA signature | 64221  | main       |
      | east   | west    | the gateway's RSA signature | 64221  | aggressive |

  @id:IKE1-XAUTH-002 @must @judges:both @clause:DRAFT-BEAULIEU-IKE-XAUTH-02-6-01 @clause:DRAFT-BEAULIEU-IKE-XAUTH-02-7.2-01
  Scenario Outline: The gateway may have started phase 1
    Given a user at <client> authenticates after <phase 1>, the gateway having started
    When <gateway> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And both SA payloads of phase 1 name authentication method <method>
    And these transactions follow phase 1, in this order
      | from      | message | attributes                                                        |
      | <gateway> | REQUEST | XAUTH-USER-NAME, XAUTH-USER-PASSWORD, XAUTH-TYPE*, XAUTH-MESSAGE* |
      | <client>  | REPLY   | XAUTH-USER-NAME, XAUTH-USER-PASSWORD, XAUTH-TYPE*                 |
      | <gateway> | SET     | XAUTH-STATUS, XAUTH-MESSAGE*                                      |
      | <client>  | ACK     | XAUTH-STATUS*                                                     |
    And no other exchange comes between phase 1 and the last transaction

    @responder
    Examples: the peer responds, and has the user
      | client | gateway | phase 1                     | method |
      | east   | west    | pre-shared keys             | 65002  |
      | east   | west    | RSA signatures              | 65006  |
      | east   | west    | the gateway's RSA signature | 64222  |

    @initiator
    Examples: the peer initiates, and is the gateway
      | client | gateway | phase 1                     | method |
      | west   | east    | pre-shared keys             | 65002  |
      | west   | east    | RSA signatures              | 65006  |
      | west   | east    | the gateway's RSA signature | 64222  |

  @id:IKE1-XAUTH-003 @must @judges:peer @clause:DRAFT-BEAULIEU-IKE-XAUTH-02-6-02 @clause:DRAFT-DUKES-IKE-MODE-CFG-02-3.1.1-02
  Scenario Outline: One identifier, and a message ID for each transaction
    Given a user at <client> authenticates after pre-shared keys
    And every transaction of the gateway has an identifier of its own
    When <client> starts quick mode
    Then all transaction messages have the same identifier
    And both sides hold one pair of ESP SAs with matching SPIs
    And each transaction has a message ID of its own

    @responder
    Examples: the peer responds, and is the gateway
      | client |
      | west   |

    @initiator
    Examples: the peer initiates, and has the user
      | client |
      | east   |

  @id:IKE1-XAUTH-004 @must @judges:both @clause:DRAFT-BEAULIEU-IKE-XAUTH-02-6.2-01 @clause:DRAFT-BEAULIEU-IKE-XAUTH-02-6.2-02
  Scenario Outline: The gateway accepts the user with a status
    Given a user at <client> authenticates after pre-shared keys
    When <client> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And the REPLY has the user's name and password
    And XAUTH-TYPE of the REPLY is that of the REQUEST
    And the SET says that the user is accepted

    @responder
    Examples: the peer responds, and is the gateway
      | client |
      | west   |

    @initiator
    Examples: the peer initiates, and has the user
      | client |
      | east   |

  @id:IKE1-XAUTH-005 @must @initiator @judges:both @clause:DRAFT-BEAULIEU-IKE-XAUTH-02-6.1-01 @clause:DRAFT-BEAULIEU-IKE-XAUTH-02-6.1-02
  Scenario: The host answers what it was asked, and acknowledges without values
    Given a user at east authenticates after pre-shared keys
    When east starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And the REPLY has the user's name and password
    And the ACK has no value in any attribute

  @id:IKE1-XAUTH-006 @must @negative @judges:peer @clause:DRAFT-BEAULIEU-IKE-XAUTH-02-6-03 @clause:DRAFT-BEAULIEU-IKE-XAUTH-02-6.2-02 @clause:DRAFT-BEAULIEU-IKE-XAUTH-02-6-01
  Scenario Outline: A wrong password ends the IKE SA
    Given a user at <client> authenticates after pre-shared keys
    And the user's password is another than the gateway knows
    When <client> starts quick mode
    Then the SET says that the user is refused
    And <gateway> deletes the IKE SA, and no quick mode was begun

    @responder
    Examples: the peer responds, and is the gateway
      | client | gateway |
      | west   | east    |

    @initiator
    Examples: the peer initiates, and has the user
      | client | gateway |
      | east   | west    |
