@ikev1 @mode-config @received-fields
Feature: Received fields of transaction message 1
  West sends transaction message 1 as its state machine makes it, but for one field: west has started the exchange. What
  east must make of it is what the clause of each table demands.
  Where the RFCs permit silence or a notification, both are right. West's honest exchange afterwards proves that the
  message has been processed, and that east is as able to talk as before.

  This file is generated from the transition table, the payload table and the rules of each field: see
  ReceivedFieldsFeatureTests.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-RF-T1-001 @judges:peer @responder @negative
  Scenario Outline: Discarded: <field> is <value>
    When west sends transaction message 1, but its "<field>" is "<value>"
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
      | field                | value         | errors                                                                                             |
      | header.exchange type | main mode (2) | INVALID-EXCHANGE-TYPE, UNSUPPORTED-EXCHANGE-TYPE, INVALID-COOKIE, INVALID-FLAGS, PAYLOAD-MALFORMED |

    @must @clause:RFC2408-5.2-03
    Examples: RFC2408-5.2-03
      | field        | value                                        | errors                                                 |
      | header.flags | all reserved bits set                        | INVALID-FLAGS                                          |
      | header.flags | the reserved bit 0x10 set                    | INVALID-FLAGS                                          |
      | header.flags | Encryption cleared before encrypted payloads | INVALID-FLAGS, PAYLOAD-MALFORMED, INVALID-PAYLOAD-TYPE |

    @must @clause:RFC2409-3.2-02
    Examples: RFC2409-3.2-02
      | field    | value                   | errors                                                                           |
      | payloads | sent without encryption | INVALID-FLAGS, PAYLOAD-MALFORMED, INVALID-PAYLOAD-TYPE, INVALID-HASH-INFORMATION |

    @must @clause:RFC2408-5.2-06
    Examples: RFC2408-5.2-06
      | field             | value                               | errors                                                                                |
      | header.message ID | zero                                | INVALID-MESSAGE-ID, PAYLOAD-MALFORMED, INVALID-HASH-INFORMATION, INVALID-PAYLOAD-TYPE |
      | header.message ID | another than it was encrypted under | INVALID-MESSAGE-ID, PAYLOAD-MALFORMED, INVALID-HASH-INFORMATION, INVALID-PAYLOAD-TYPE |

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
      | HASH.next payload       | unassigned (99)                   | INVALID-PAYLOAD-TYPE, PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX |
      | ATTR.next payload       | unassigned (99)                   | INVALID-PAYLOAD-TYPE, PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX |
      | behind the last payload | a payload of unassigned type (99) | INVALID-PAYLOAD-TYPE, PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX |

    @should @clause:RFC2408-2.5.2-02
    Examples: RFC2408-2.5.2-02, a recommendation
      | field          | value | errors                                 |
      | HASH.RESERVED  | 1     | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX |
      | ATTR.RESERVED  | 1     | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX |
      | ATTR.RESERVED2 | 1     | PAYLOAD-MALFORMED                      |

    @must @clause:RFC2408-5.3-01
    Examples: RFC2408-5.3-01
      | field       | value                           | errors                                                                                                                                                          |
      | HASH.length | 3, less than the generic header | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX, INVALID-PAYLOAD-TYPE                                                                                                    |
      | HASH.length | 65535, more than there is       | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX, INVALID-PAYLOAD-TYPE                                                                                                    |
      | HASH.length | one octet more than it has      | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX, INVALID-PAYLOAD-TYPE, AUTHENTICATION-FAILED, INVALID-HASH-INFORMATION, INVALID-KEY-INFORMATION                          |
      | HASH.length | one octet less than it has      | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX, INVALID-PAYLOAD-TYPE, AUTHENTICATION-FAILED, INVALID-HASH-INFORMATION, INVALID-KEY-INFORMATION, UNEQUAL-PAYLOAD-LENGTHS |
      | ATTR.length | 3, less than the generic header | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX, INVALID-PAYLOAD-TYPE                                                                                                    |
      | ATTR.length | 65535, more than there is       | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX, INVALID-PAYLOAD-TYPE                                                                                                    |
      | ATTR.length | one octet more than it has      | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX, INVALID-PAYLOAD-TYPE, AUTHENTICATION-FAILED, INVALID-HASH-INFORMATION, INVALID-KEY-INFORMATION                          |
      | ATTR.length | one octet less than it has      | PAYLOAD-MALFORMED, BAD-PROPOSAL-SYNTAX, INVALID-PAYLOAD-TYPE, AUTHENTICATION-FAILED, INVALID-HASH-INFORMATION, INVALID-KEY-INFORMATION, UNEQUAL-PAYLOAD-LENGTHS |

    @must @clause:DRAFT-DUKES-IKE-MODE-CFG-02-3.1.1-01
    Examples: DRAFT-DUKES-IKE-MODE-CFG-02-3.1.1-01
      | field     | value                     | errors                                                                                                       |
      | HASH      | missing                   | PAYLOAD-MALFORMED, INVALID-PAYLOAD-TYPE, NO-PROPOSAL-CHOSEN, INVALID-HASH-INFORMATION, AUTHENTICATION-FAILED |
      | ATTR      | missing                   | PAYLOAD-MALFORMED, INVALID-PAYLOAD-TYPE, NO-PROPOSAL-CHOSEN, INVALID-HASH-INFORMATION, AUTHENTICATION-FAILED |
      | HASH      | behind the other payloads | PAYLOAD-MALFORMED, INVALID-PAYLOAD-TYPE, INVALID-HASH-INFORMATION                                            |
      | HASH.data | wrong by its first bit    | AUTHENTICATION-FAILED, INVALID-HASH-INFORMATION, PAYLOAD-MALFORMED                                           |
      | HASH.data | wrong by its last bit     | AUTHENTICATION-FAILED, INVALID-HASH-INFORMATION, PAYLOAD-MALFORMED                                           |
      | HASH.data | all zeros                 | AUTHENTICATION-FAILED, INVALID-HASH-INFORMATION, PAYLOAD-MALFORMED                                           |
      | HASH.data | one octet shorter         | AUTHENTICATION-FAILED, INVALID-HASH-INFORMATION, PAYLOAD-MALFORMED                                           |
      | HASH.data | one octet longer          | AUTHENTICATION-FAILED, INVALID-HASH-INFORMATION, PAYLOAD-MALFORMED                                           |
      | HASH.data | empty                     | AUTHENTICATION-FAILED, INVALID-HASH-INFORMATION, PAYLOAD-MALFORMED                                           |

    @should @clause:DRAFT-DUKES-IKE-MODE-CFG-02-3.3-01
    Examples: DRAFT-DUKES-IKE-MODE-CFG-02-3.3-01, a recommendation
      | field     | value                | errors |
      | ATTR.type | unassigned (99)      | none   |
      | ATTR.type | zero, a reserved one | none   |

    @should @clause:DRAFT-DUKES-IKE-MODE-CFG-02-2-03
    Examples: DRAFT-DUKES-IKE-MODE-CFG-02-2-03, a recommendation
      | field     | value                            | errors |
      | ATTR.type | REPLY (2), which answers nothing | none   |

    @must @clause:DRAFT-DUKES-IKE-MODE-CFG-02-3.2-01
    Examples: DRAFT-DUKES-IKE-MODE-CFG-02-3.2-01
      | field                 | value                               | errors                                     |
      | ATTR.attribute.length | one octet more than there is        | PAYLOAD-MALFORMED, UNEQUAL-PAYLOAD-LENGTHS |
      | ATTR.attribute.length | 65535, more than there is           | PAYLOAD-MALFORMED, UNEQUAL-PAYLOAD-LENGTHS |
      | ATTR.data             | one octet behind the last attribute | PAYLOAD-MALFORMED, UNEQUAL-PAYLOAD-LENGTHS |
      | ATTR.data             | cut within its first attribute      | PAYLOAD-MALFORMED, UNEQUAL-PAYLOAD-LENGTHS |
      | ATTR.data             | cut within its fields               | PAYLOAD-MALFORMED, UNEQUAL-PAYLOAD-LENGTHS |

  @id:IKE1-RF-T1-003 @judges:peer @responder @negative
  Scenario Outline: Survived: <field> is <value>
    When west sends transaction message 1, but its "<field>" is "<value>"
    And west then begins an honest exchange
    Then the honest exchange succeeds

    @must @clause:DRAFT-DUKES-IKE-MODE-CFG-02-3.1.1-01
    Examples: DRAFT-DUKES-IKE-MODE-CFG-02-3.1.1-01
      | field | value       |
      | HASH  | there twice |
      | ATTR  | there twice |
