@ikev1 @phase1
Feature: Lost and duplicated messages
  IKE runs over UDP: a message can be lost or arrive twice. What is not answered is sent again, and what has been
  answered is answered the same (RFC 2408 section 5.1). The suite loses and duplicates messages at west's end of the wire.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-RT-001 @must @judges:both @main-mode @clause:RFC2408-5.1-03 @clause:RFC2408-5.1-05
  Scenario Outline: Main mode message <message> is lost once and the exchange completes
    Given main mode message <message> is lost once
    When <initiator> starts phase 1 in main mode
    Then phase 1 is established
    And what east had to send again it sent again octet for octet
    And both sides hold an established IKE SA with the same cookies

    @responder
    Examples: the peer responds
      | initiator | message |
      | west      | 1       |
      | west      | 2       |
      | west      | 3       |
      | west      | 4       |
      | west      | 5       |
      | west      | 6       |

    @initiator
    Examples: the peer initiates
      | initiator | message |
      | east      | 1       |
      | east      | 2       |
      | east      | 3       |
      | east      | 4       |
      | east      | 5       |
      | east      | 6       |

  @id:IKE1-RT-002 @must @judges:both @main-mode @clause:RFC2408-5.1-03
  Scenario Outline: Main mode message <message> arrives twice and changes nothing
    Given main mode message <message> arrives twice
    When <initiator> starts phase 1 in main mode
    Then phase 1 is established
    And every answer to the duplicate equals the first answer
    And both sides hold one established IKE SA with the same cookies

    @responder
    Examples: the responding peer receives the duplicate
      | initiator | message |
      | west      | 1       |
      | west      | 3       |
      | west      | 5       |

    @initiator
    Examples: the initiating peer receives the duplicate
      | initiator | message |
      | east      | 2       |
      | east      | 4       |
      | east      | 6       |

  @id:IKE1-RT-003 @must @judges:both @phase2 @quick-mode @clause:RFC2408-5.1-03
  Scenario Outline: Quick mode message <message> is lost once and the exchange completes
    Given quick mode message <message> is lost once
    When <initiator> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs

    @responder
    Examples: the peer responds
      | initiator | message |
      | west      | 1       |
      | west      | 2       |

    @initiator
    Examples: the peer initiates
      | initiator | message |
      | east      | 1       |
      | east      | 2       |

  @id:IKE1-RT-004 @should @judges:both @main-mode @clause:RFC2408-5.1-04 @clause:RFC2408-5.1-02
  Scenario Outline: The intervals between the copies of main mode message <message> get longer
    Given main mode message <message> is lost 2 times
    When east starts phase 1 in main mode
    Then phase 1 is established
    And the intervals between east's repetitions get longer

    @initiator
    Examples: the peer initiates
      | message |
      | 1       |
      | 3       |
