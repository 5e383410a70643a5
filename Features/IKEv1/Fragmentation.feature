@ikev1 @fragmentation
Feature: Fragments of IKE messages
  Certificates make messages larger than a datagram should be. Who has announced by a vendor ID that it takes fragments gets such a message
  in pieces, payloads of type 132. No RFC describes them; what RFC 2408 section 3.16 says of private payloads holds for them all the same.

  Background:
    Given both sides authenticate with RSA signatures

  @id:IKE1-FRAG-001 @must @judges:both @clause:RFC2408-3.16-02 @clause:RFC2408-3.16-01
  Scenario Outline: A message that is too large is sent in fragments, and put together again
    Given both sides cut into fragments what is too large, when the other takes them
    When <initiator> starts phase 1 in main mode
    Then both sides hold an established IKE SA with the same cookies
    And west announces that it takes fragments
    And east announces that it takes fragments
    And message 5 from <initiator> comes in fragments, and no other
    And message 6 from <responder> comes in fragments, and no other

    @responder
    Examples: the peer responds
      | initiator | responder |
      | west      | east      |

    @initiator
    Examples: the peer initiates
      | initiator | responder |
      | east      | west      |

  @id:IKE1-FRAG-002 @must @judges:both @clause:RFC2408-3.16-02
  Scenario Outline: Who has not announced that it takes fragments gets none
    Given <silent> does not announce that it takes fragments
    When <initiator> starts phase 1 in main mode
    Then both sides hold an established IKE SA with the same cookies
    And <silent> does not announce that it takes fragments
    And <other> sends its large message in one piece

    @responder
    Examples: the peer responds
      | initiator | silent | other |
      | west      | west   | east  |
      | west      | east   | west  |

    @initiator
    Examples: the peer initiates
      | initiator | silent | other |
      | east      | west   | east  |
      | east      | east   | west  |

  @id:IKE1-FRAG-003 @must @judges:both @clause:RFC2408-5.1-03
  Scenario Outline: Fragments that are lost, doubled or late do no harm
    Given both sides cut into fragments what is too large, when the other takes them
    And fragment <fragment> of main mode message 5 <what>
    When <initiator> starts phase 1 in main mode
    Then both sides hold an established IKE SA with the same cookies
    And that happened to the fragment

    @responder
    Examples: the peer responds
      | initiator | fragment | what                    |
      | west      | 1        | is lost once            |
      | west      | 2        | is lost once            |
      | west      | 1        | arrives twice           |
      | west      | 2        | arrives twice           |
      | west      | 1        | arrives behind the next |

    @initiator
    Examples: the peer initiates
      | initiator | fragment | what                    |
      | east      | 1        | is lost once            |
      | east      | 2        | is lost once            |
      | east      | 1        | arrives twice           |
      | east      | 2        | arrives twice           |
      | east      | 1        | arrives behind the next |
