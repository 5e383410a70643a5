@ikev1 @phase1 @main-mode @received-fields
Feature: Received fields of main mode message 4
  West sends main mode message 4 as its state machine makes it, but for one field: east has started the exchange, and
  west answers. What east must make of it is what the clause of each table demands.
  Where the RFCs permit silence or a notification, both are right. West's honest exchange afterwards proves that the
  message has been processed, and that east is as able to talk as before.

  This file is generated from the transition table, the payload table and the rules of each field: see
  ReceivedFieldsFeatureTests.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-RF-MM4-001 @judges:peer @initiator @negative
  Scenario Outline: Discarded: <field> is <value>
    When west sends main mode message 4, but its "<field>" is "<value>"
    And west then begins an honest exchange
    Then east does not go on with the first exchange
    And east answers the bent message with nothing or one of <errors>
    And the honest exchange succeeds

    @must @clause:RFC2408-5.2-04
    Examples: RFC2408-5.2-04
      | field                   | value          | errors         |
      | header.initiator cookie | zero           | INVALID-COOKIE |
      | header.initiator cookie | that of nobody | INVALID-COOKIE |
      | header.responder cookie | zero           | INVALID-COOKIE |
      | header.responder cookie | that of nobody | INVALID-COOKIE |

    @must @clause:RFC2408-5.2-05
    Examples: RFC2408-5.2-05
      | field               | value                            | errors                                                           |
      | header.next payload | NONE (0), though payloads follow | INVALID-PAYLOAD-TYPE, PAYLOAD-MALFORMED, UNEQUAL-PAYLOAD-LENGTHS |
      | header.next payload | Proposal (2)                     | INVALID-PAYLOAD-TYPE, PAYLOAD-MALFORMED, UNEQUAL-PAYLOAD-LENGTHS |
      | header.next payload | unassigned (99)                  | INVALID-PAYLOAD-TYPE, PAYLOAD-MALFORMED, UNEQUAL-PAYLOAD-LENGTHS |

    @should @clause:RFC2408-3.1-02
    Examples: RFC2408-3.1-02, a recommendation
      | field                | value | errors                |
      | header.major version | 3     | INVALID-MAJOR-VERSION |
      | header.major version | 15    | INVALID-MAJOR-VERSION |

    @should @clause:RFC2408-3.1-03
    Examples: RFC2408-3.1-03, a recommendation
      | field                | value | errors                |
      | header.minor version | 1     | INVALID-MINOR-VERSION |

    @must @clause:RFC2408-5.2-02
    Examples: RFC2408-5.2-02
      | field                | value           | errors                                           |
      | header.exchange type | NONE (0)        | INVALID-EXCHANGE-TYPE, UNSUPPORTED-EXCHANGE-TYPE |
      | header.exchange type | unassigned (99) | INVALID-EXCHANGE-TYPE, UNSUPPORTED-EXCHANGE-TYPE |

    @must @clause:RFC2409-4-01
    Examples: RFC2409-4-01
      | field                | value           | errors                                                                                             |
      | header.exchange type | quick mode (32) | INVALID-EXCHANGE-TYPE, UNSUPPORTED-EXCHANGE-TYPE, INVALID-COOKIE, INVALID-FLAGS, PAYLOAD-MALFORMED |

    @must @clause:RFC2409-5-05
    Examples: RFC2409-5-05
      | field                | value               | errors                                                                                             |
      | header.exchange type | aggressive mode (4) | INVALID-EXCHANGE-TYPE, UNSUPPORTED-EXCHANGE-TYPE, INVALID-COOKIE, INVALID-FLAGS, PAYLOAD-MALFORMED |

    @must @clause:RFC2408-5.2-03
    Examples: RFC2408-5.2-03
      | field        | value                               | errors                                                 |
      | header.flags | all reserved bits set               | INVALID-FLAGS                                          |
      | header.flags | the reserved bit 0x10 set           | INVALID-FLAGS                                          |
      | header.flags | Encryption set on payloads in clear | INVALID-FLAGS, PAYLOAD-MALFORMED, INVALID-PAYLOAD-TYPE |

    @must @clause:RFC2408-5.2-06
    Examples: RFC2408-5.2-06
      | field             | value      | errors                                                                                |
      | header.message ID | 1          | INVALID-MESSAGE-ID, PAYLOAD-MALFORMED, INVALID-HASH-INFORMATION, INVALID-PAYLOAD-TYPE |
      | header.message ID | 4294967295 | INVALID-MESSAGE-ID, PAYLOAD-MALFORMED, INVALID-HASH-INFORMATION, INVALID-PAYLOAD-TYPE |

    @must @clause:RFC2408-5.1-01
    Examples: RFC2408-5.1-01
      | field         | value                        | errors                                     |
      | header.length | one octet more than there is | UNEQUAL-PAYLOAD-LENGTHS, PAYLOAD-MALFORMED |
      | header.length | one octet less than there is | UNEQUAL-PAYLOAD-LENGTHS, PAYLOAD-MALFORMED |
      | header.length | zero                         | UNEQUAL-PAYLOAD-LENGTHS, PAYLOAD-MALFORMED |
      | header.length | the header's own 28          | UNEQUAL-PAYLOAD-LENGTHS, PAYLOAD-MALFORMED |
      | header.length | 4294967295                   | UNEQUAL-PAYLOAD-LENGTHS, PAYLOAD-MALFORMED |
      | datagram      | cut by one octet             | UNEQUAL-PAYLOAD-LENGTHS, PAYLOAD-MALFORMED |
      | datagram      | longer by one octet          | UNEQUAL-PAYLOAD-LENGTHS, PAYLOAD-MALFORMED |
      | datagram      | the header alone             | UNEQUAL-PAYLOAD-LENGTHS, PAYLOAD-MALFORMED |
      | datagram      | half a header                | UNEQUAL-PAYLOAD-LENGTHS, PAYLOAD-MALFORMED |

    @must @clause:RFC2408-5.3-02
    Examples: RFC2408-5.3-02
      | field                   | value                             | errors                                                       |
      | KE.next payload         | unassigned (99)                   | INVALID-PAYLOAD-TYPE, PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX |
      | NONCE.next payload      | unassigned (99)                   | INVALID-PAYLOAD-TYPE, PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX |
      | behind the last payload | a payload of unassigned type (99) | INVALID-PAYLOAD-TYPE, PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX |

    @should @clause:RFC2408-2.5.2-02
    Examples: RFC2408-2.5.2-02, a recommendation
      | field          | value | errors                                 |
      | KE.RESERVED    | 1     | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX |
      | NONCE.RESERVED | 1     | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX |

    @must @clause:RFC2408-5.3-01
    Examples: RFC2408-5.3-01
      | field        | value                           | errors                                                                                                                                                          |
      | KE.length    | 3, less than the generic header | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX, INVALID-PAYLOAD-TYPE                                                                                                    |
      | KE.length    | 65535, more than there is       | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX, INVALID-PAYLOAD-TYPE                                                                                                    |
      | KE.length    | one octet more than it has      | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX, INVALID-PAYLOAD-TYPE, AUTHENTICATION-FAILED, INVALID-HASH-INFORMATION, INVALID-KEY-INFORMATION                          |
      | KE.length    | one octet less than it has      | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX, INVALID-PAYLOAD-TYPE, AUTHENTICATION-FAILED, INVALID-HASH-INFORMATION, INVALID-KEY-INFORMATION, UNEQUAL-PAYLOAD-LENGTHS |
      | NONCE.length | 3, less than the generic header | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX, INVALID-PAYLOAD-TYPE                                                                                                    |
      | NONCE.length | 65535, more than there is       | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX, INVALID-PAYLOAD-TYPE                                                                                                    |
      | NONCE.length | one octet more than it has      | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX, INVALID-PAYLOAD-TYPE, AUTHENTICATION-FAILED, INVALID-HASH-INFORMATION, INVALID-KEY-INFORMATION                          |

    @must @clause:RFC2409-5.4-01
    Examples: RFC2409-5.4-01
      | field | value   | errors                                                                                                       |
      | KE    | missing | PAYLOAD-MALFORMED, INVALID-PAYLOAD-TYPE, NO-PROPOSAL-CHOSEN, INVALID-HASH-INFORMATION, AUTHENTICATION-FAILED |
      | NONCE | missing | PAYLOAD-MALFORMED, INVALID-PAYLOAD-TYPE, NO-PROPOSAL-CHOSEN, INVALID-HASH-INFORMATION, AUTHENTICATION-FAILED |

    @must @clause:RFC2409-5-07
    Examples: RFC2409-5-07
      | field   | value                                    | errors                                                         |
      | KE.data | one octet shorter than the group demands | INVALID-KEY-INFORMATION, PAYLOAD-MALFORMED, NO-PROPOSAL-CHOSEN |
      | KE.data | one octet longer than the group demands  | INVALID-KEY-INFORMATION, PAYLOAD-MALFORMED, NO-PROPOSAL-CHOSEN |
      | KE.data | empty                                    | INVALID-KEY-INFORMATION, PAYLOAD-MALFORMED, NO-PROPOSAL-CHOSEN |

    @must @clause:RFC2408-5.7-01
    Examples: RFC2408-5.7-01
      | field   | value                             | errors                                                         |
      | KE.data | all zeros                         | INVALID-KEY-INFORMATION, PAYLOAD-MALFORMED, NO-PROPOSAL-CHOSEN |
      | KE.data | all ones                          | INVALID-KEY-INFORMATION, PAYLOAD-MALFORMED, NO-PROPOSAL-CHOSEN |
      | KE.data | no point of the curve, by one bit | INVALID-KEY-INFORMATION, PAYLOAD-MALFORMED, NO-PROPOSAL-CHOSEN |

    @must @clause:RFC2409-5-08
    Examples: RFC2409-5-08
      | field      | value      | errors                                 |
      | NONCE.data | empty      | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX |
      | NONCE.data | 7 octets   | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX |
      | NONCE.data | 257 octets | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX |

  @id:IKE1-RF-MM4-002 @judges:peer @initiator @negative
  Scenario Outline: Accepted: <field> is <value>
    When west sends main mode message 4, but its "<field>" is "<value>"
    And west then begins an honest exchange
    Then east goes on with the first exchange
    And the honest exchange succeeds

    @must @clause:RFC2408-3.16-01
    Examples: RFC2408-3.16-01
      | field                   | value                |
      | behind the last payload | an unknown vendor ID |

    @must @clause:RFC2408-3.9-01
    Examples: RFC2408-3.9-01
      | field                   | value                        |
      | behind the last payload | a CERT that nobody asked for |

    @must @clause:RFC2408-5.9-01
    Examples: RFC2408-5.9-01
      | field                   | value                              |
      | behind the last payload | a CERT of unassigned encoding (99) |

    @must @clause:RFC2408-3.10-01
    Examples: RFC2408-3.10-01
      | field                   | value                          |
      | behind the last payload | a CR for any X.509 certificate |

    @must @clause:RFC2408-5.14-02
    Examples: RFC2408-5.14-02
      | field                   | value                                    |
      | behind the last payload | a notification of unknown status (40000) |

    @must @clause:RFC2409-5-08
    Examples: RFC2409-5-08
      | field      | value      |
      | NONCE.data | 8 octets   |
      | NONCE.data | 256 octets |

  @id:IKE1-RF-MM4-003 @judges:peer @initiator @negative
  Scenario Outline: Survived: <field> is <value>
    When west sends main mode message 4, but its "<field>" is "<value>"
    And west then begins an honest exchange
    Then the honest exchange succeeds

    @must @clause:RFC2409-5.4-01
    Examples: RFC2409-5.4-01
      | field | value       |
      | KE    | there twice |
      | NONCE | there twice |
