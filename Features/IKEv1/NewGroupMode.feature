@ikev1 @new-group
Feature: New group mode
  Two sides that trust no published group agree on one of their own, hidden by their IKE SA. Quick mode then names it by its
  number alone, which is of the private range (RFC 2409 section 5.6).

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-NG-001 @should @judges:both @phase2 @clause:RFC2409-5-04 @clause:RFC2409-5.6-03
  Scenario Outline: A private group is agreed on, and gives perfect forward secrecy
    Given both sides take private groups, and want perfect forward secrecy in private group 32769
    When <side> offers private group 32769 in new group mode
    And new group mode gives west a group
    Then these messages of new group mode cross the wire, in this order
      | from    | exchange       | encrypted | payloads |
      | <side>  | New Group Mode | yes       | HASH, SA |
      | <other> | New Group Mode | yes       | HASH, SA |
    And each HASH of new group mode is that of message ID and SA
    And new group mode message 2 holds one transform of message 1, its attributes unchanged
    When <side> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And the quick mode uses private group 32769

    @responder
    Examples: the peer responds
      | side | other |
      | west | east  |

    @initiator
    Examples: the peer initiates
      | side | other |
      | east | west  |

  @id:IKE1-NG-002 @must @judges:both @responder @clause:RFC2409-5.6-01
  Scenario: New group mode without an IKE SA is not answered
    When west starts phase 1 in main mode
    Then phase 1 is established
    When a message of new group mode comes from nowhere, with cookies of its own
    And west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And new group mode from nowhere is answered by a notification at most

  @id:IKE1-NG-003 @must @judges:both @initiator @clause:RFC2409-5.6-01
  Scenario: A side without an IKE SA begins with phase 1
    Given both sides take private groups, and want perfect forward secrecy in private group 32769
    When east offers private group 32769 in new group mode
    And new group mode gives west a group
    Then east begins new group mode under an IKE SA only
