@ikev1 @esp @phase2 @quick-mode
Feature: Quick mode proposals that are wrong or unusual
  West offers what the IPsec DOI forbids, or what a responder cannot do: such an offer is refused, and nothing comes of it
  (RFC 2407 section 4.5). What is merely unusual is passed over. West's honest exchange afterwards proves that the bent
  offer has been processed, and that east is as able to talk as before.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-QB-001 @must @judges:peer @responder @clause:RFC2407-4.5.2-02 @negative
  Scenario: Attributes that contradict each other end the negotiation
    When west sends quick mode message 1, but its "SA.attribute.life duration" is "there twice, 3600 and 7200 seconds"
    And west then begins an honest exchange
    Then east does not go on with the first exchange
    And east answers the bent message with nothing or one of ATTRIBUTES-NOT-SUPPORTED, NO-PROPOSAL-CHOSEN
    And the honest exchange succeeds

  @id:IKE1-QB-002 @must @judges:peer @responder @clause:RFC2407-4.5.3-01 @negative
  Scenario Outline: What the DOI defines and the responder cannot do ends the negotiation: <attribute> <value>
    Given phase 2 uses AES-CBC-128 and HMAC-SHA1-96
    When west sends quick mode message 1, but its "SA.attribute.<attribute>" is "<value>"
    And west then begins an honest exchange
    Then east does not go on with the first exchange
    And east answers the bent message with nothing or one of ATTRIBUTES-NOT-SUPPORTED, NO-PROPOSAL-CHOSEN
    And the honest exchange succeeds

    Examples:
      | attribute                | value                                    |
      | authentication algorithm | DES-MAC (3)                              |
      | authentication algorithm | KPDK (4)                                 |
      | key rounds               | 16, of a cipher without rounds to choose |
      | compress dictionary size | 15, in ESP                               |

  @id:IKE1-QB-003 @must @judges:both @responder @clause:RFC2407-4.5-04 @clause:RFC4301-4.2-01 @clause:RFC4303-3.2-01 @negative
  Scenario: ESP without encryption and without an authentication algorithm is refused
    Given phase 2 uses NULL and HMAC-SHA1-96
    When west sends quick mode message 1, but its "SA.attribute.authentication algorithm" is "missing, of ESP_NULL"
    And west then begins an honest exchange
    Then east does not go on with the first exchange
    And east answers the bent message with nothing or one of ATTRIBUTES-NOT-SUPPORTED, NO-PROPOSAL-CHOSEN, BAD-PROPOSAL-SYNTAX, PAYLOAD-MALFORMED
    And the honest exchange succeeds

  @id:IKE1-QB-004 @must @judges:both @ah @responder @clause:RFC2407-4.4.3-01 @negative
  Scenario: AH without an authentication algorithm is refused
    Given phase 2 uses AH HMAC-SHA1-96
    When west sends quick mode message 1, but its "SA.attribute.authentication algorithm" is "missing, of AH"
    And west then begins an honest exchange
    Then east does not go on with the first exchange
    And east answers the bent message with nothing or one of ATTRIBUTES-NOT-SUPPORTED, NO-PROPOSAL-CHOSEN, BAD-PROPOSAL-SYNTAX, PAYLOAD-MALFORMED
    And the honest exchange succeeds

  @id:IKE1-QB-005 @must @judges:both @responder @clause:RFC2407-4.5-05 @clause:RFC2407-4.5-02 @negative
  Scenario Outline: A mistake of the sender that no rule tells the receiver about is survived: <attribute> <value>
    Given phase 2 uses 3DES-CBC and HMAC-SHA1-96
    When west sends quick mode message 1, but its "SA.attribute.<attribute>" is "<value>"
    And west then begins an honest exchange
    Then the honest exchange succeeds

    Examples:
      | attribute          | value                                    |
      | key length         | 192 bits, for a cipher of one key length |
      | life type          | missing, though there is a duration      |
      | encapsulation mode | 99, of the reserved range                |

  @id:IKE1-QB-006 @must @judges:peer @responder @clause:RFC2408-5.6-01 @negative
  Scenario: A first transform of an unknown transform ID is ignored, and the second chosen
    Given west offers or accepts for phase 2
      | suite                             |
      | AES-CBC-256 and HMAC-SHA1-96      |
      | AES-CBC-128 and HMAC-SHA2-256-128 |
    And east offers or accepts for phase 2
      | suite                             |
      | AES-CBC-256 and HMAC-SHA1-96      |
      | AES-CBC-128 and HMAC-SHA2-256-128 |
    When west sends quick mode message 1, but its "SA.transform.ID" is "unassigned (249)"
    And west then begins an honest exchange
    Then east goes on with the first exchange
    And quick mode message 2 holds one transform of message 1, its attributes unchanged
    And the honest exchange succeeds

  @id:IKE1-QB-007 @should @judges:peer @responder @clause:RFC2408-4.2-02 @negative
  Scenario: A first transform of an authentication algorithm that nobody has assigned is passed over, and the second chosen
    Given west offers or accepts for phase 2
      | suite                             |
      | AES-CBC-256 and HMAC-SHA1-96      |
      | AES-CBC-128 and HMAC-SHA2-256-128 |
    And east offers or accepts for phase 2
      | suite                             |
      | AES-CBC-256 and HMAC-SHA1-96      |
      | AES-CBC-128 and HMAC-SHA2-256-128 |
    When west sends quick mode message 1, but its "SA.attribute.authentication algorithm" is "unassigned (999), in the first of two transforms"
    And west then begins an honest exchange
    Then east goes on with the first exchange
    And quick mode message 2 holds one transform of message 1, its attributes unchanged
    And the honest exchange succeeds
