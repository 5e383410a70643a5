@ikev1 @misbehaving-peer
Feature: A peer that breaks the rules
  The peer is a real implementation that is told to misbehave, each time in one way. Judged is the suite's own gateway: what breaks a
  MUST is refused without a half SA, what only sounds strange is tolerated, and either way the gateway sets up the next tunnel as if
  nothing had happened.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-BAD-001 @must @judges:self @negative @phase1 @main-mode
  Scenario Outline: Main mode, <initiator> starts, and the peer <misbehaviour>
    Given phase 1 uses AES-CBC-128, HMAC-SHA2-256 and <group>
    And east misbehaves: it <misbehaviour>
    When <initiator> starts quick mode
    And west has received what breaks the rule
    And east behaves again
    And west sets up a tunnel as if nothing had happened
    Then that tunnel comes up and carries a ping
    And west does not go on with that exchange
    And west tells east nothing, or one of <errors>
    And no IKE SA of west's came of it

    @clause:RFC2408-5.2-03
    Examples: flags that nobody defined are not accepted
      | initiator | group     | misbehaviour                                         | errors        |
      | east      | MODP-2048 | sets a flag of the ISAKMP header that nobody defined | INVALID-FLAGS |
      | west      | MODP-2048 | sets a flag of the ISAKMP header that nobody defined | INVALID-FLAGS |

    @clause:RFC2408-5.2-04
    Examples: a cookie of zero is not accepted
      | initiator | group     | misbehaviour                            | errors         |
      | east      | MODP-2048 | starts with an initiator cookie of zero | INVALID-COOKIE |
      | west      | MODP-2048 | answers with a responder cookie of zero | INVALID-COOKIE |

    @clause:RFC2408-5.7-01 @clause:RFC2409-5-07
    Examples: a public value must be there and be one of the group
      | initiator | group     | misbehaviour                 | errors                                     |
      | east      | MODP-2048 | leaves the KE payload out    | INVALID-KEY-INFORMATION, PAYLOAD-MALFORMED |
      | west      | MODP-2048 | leaves the KE payload out    | INVALID-KEY-INFORMATION, PAYLOAD-MALFORMED |
      | east      | MODP-2048 | sends an empty KE payload    | INVALID-KEY-INFORMATION, PAYLOAD-MALFORMED |
      | west      | MODP-2048 | sends an empty KE payload    | INVALID-KEY-INFORMATION, PAYLOAD-MALFORMED |
      | east      | MODP-2048 | sends a public value of zero | INVALID-KEY-INFORMATION, PAYLOAD-MALFORMED |
      | west      | MODP-2048 | sends a public value of zero | INVALID-KEY-INFORMATION, PAYLOAD-MALFORMED |
      | east      | ECP-256   | sends a public value of zero | INVALID-KEY-INFORMATION, PAYLOAD-MALFORMED |
      | west      | ECP-256   | sends a public value of zero | INVALID-KEY-INFORMATION, PAYLOAD-MALFORMED |

    @clause:RFC2409-A-03 @clause:RFC2409-A-01
    Examples: a cipher of several key lengths must come with one of them
      | initiator | group     | misbehaviour                                   | errors                                                            |
      | east      | MODP-2048 | leaves Key Length out of its phase 1 proposal  | NO-PROPOSAL-CHOSEN, BAD-PROPOSAL-SYNTAX, ATTRIBUTES-NOT-SUPPORTED |
      | east      | MODP-2048 | proposes AES with keys of 100 bits for phase 1 | NO-PROPOSAL-CHOSEN, BAD-PROPOSAL-SYNTAX, ATTRIBUTES-NOT-SUPPORTED |

  @id:IKE1-BAD-002 @must @judges:self @negative @phase1 @main-mode @clause:RFC2408-5.11-01
  Scenario Outline: No IKE SA comes of a public value of which the peer, <side> having started, does not know the private one
    Given phase 1 uses AES-CBC-128, HMAC-SHA2-256 and MODP-2048
    And east misbehaves: it sends a public value that is not its own
    When <side> starts quick mode
    And west has received what breaks the rule
    And east behaves again
    And west sets up a tunnel as if nothing had happened
    Then that tunnel comes up and carries a ping
    And no IKE SA of west's came of it

    Examples: either side starts
      | side |
      | east |
      | west |

  @id:IKE1-BAD-003 @must @judges:self @negative @phase2 @quick-mode
  Scenario Outline: Quick mode, <initiator> starts, and the peer <misbehaviour>
    Given east misbehaves: it <misbehaviour>
    When <initiator> starts quick mode
    And west has received what breaks the rule
    And east behaves again
    And west sets up a tunnel as if nothing had happened
    Then that tunnel comes up and carries a ping
    And west does not go on with that exchange
    And west tells east nothing, or one of <errors>
    And no IPsec SA of west's came of it

    @clause:RFC2409-5.5-01 @clause:RFC2409-5.5-06
    Examples: quick mode is authenticated by its HASH
      | initiator | misbehaviour                      | errors                                                             |
      | east      | leaves HASH out of quick mode     | PAYLOAD-MALFORMED, INVALID-HASH-INFORMATION, AUTHENTICATION-FAILED |
      | west      | leaves HASH out of quick mode     | PAYLOAD-MALFORMED, INVALID-HASH-INFORMATION, AUTHENTICATION-FAILED |
      | east      | sends an empty HASH in quick mode | PAYLOAD-MALFORMED, INVALID-HASH-INFORMATION, AUTHENTICATION-FAILED |
      | west      | sends an empty HASH in quick mode | PAYLOAD-MALFORMED, INVALID-HASH-INFORMATION, AUTHENTICATION-FAILED |
      | east      | sends a wrong HASH in quick mode  | PAYLOAD-MALFORMED, INVALID-HASH-INFORMATION, AUTHENTICATION-FAILED |
      | west      | sends a wrong HASH in quick mode  | PAYLOAD-MALFORMED, INVALID-HASH-INFORMATION, AUTHENTICATION-FAILED |

    @clause:RFC2407-4.5-01 @clause:RFC2407-4.5.2-02
    Examples: a cipher of several key lengths must come with one of them
      | initiator | misbehaviour                                   | errors                                                            |
      | east      | leaves Key Length out of its phase 2 proposal  | NO-PROPOSAL-CHOSEN, BAD-PROPOSAL-SYNTAX, ATTRIBUTES-NOT-SUPPORTED |
      | east      | proposes AES with keys of 100 bits for phase 2 | NO-PROPOSAL-CHOSEN, BAD-PROPOSAL-SYNTAX, ATTRIBUTES-NOT-SUPPORTED |

  @id:IKE1-BAD-004 @must @judges:self @negative @phase2 @clause:RFC2409-5.7-01 @clause:RFC2408-5.15-01
  Scenario Outline: A Delete that proves nothing deletes nothing: the peer <misbehaviour>
    Given a tunnel between the networks behind west and east
    When from now on east misbehaves: it <misbehaviour>
    And east deletes the pair of ESP SAs
    And west has received what breaks the rule
    Then west still has the SAs that the Delete named
    And west tells east nothing, or one of PAYLOAD-MALFORMED, INVALID-HASH-INFORMATION, AUTHENTICATION-FAILED
    When east behaves again
    And west sets up a tunnel as if nothing had happened
    Then that tunnel comes up and carries a ping

    Examples: the HASH is missing or wrong
      | misbehaviour                        |
      | leaves HASH out of its Delete       |
      | sends an empty HASH with its Delete |
      | sends a wrong HASH with its Delete  |

  @id:IKE1-BAD-005 @must @judges:self @negative @phase2 @clause:RFC2409-5.7-01
  Scenario Outline: A notification that proves nothing says nothing: the peer <misbehaviour>
    Given east uses AES-CBC-256 and HMAC-SHA2-512-256 for ESP
    And east misbehaves: it <misbehaviour>
    When west starts quick mode
    And west has received what breaks the rule
    And east behaves again
    Then west does not believe the notification
    And west tells east nothing, or one of PAYLOAD-MALFORMED, INVALID-HASH-INFORMATION, AUTHENTICATION-FAILED

    Examples: the HASH is missing or wrong
      | misbehaviour                              |
      | leaves HASH out of its notification       |
      | sends an empty HASH with its notification |
      | sends a wrong HASH with its notification  |

  @id:IKE1-BAD-006 @must @judges:self @negative @xauth @clause:DRAFT-DUKES-IKE-MODE-CFG-02-3.1.1-01
  Scenario Outline: Nobody is let in by a transaction that proves nothing: the user is at <client>, and the peer <misbehaviour>
    Given a user at <client> authenticates after pre-shared keys
    And east misbehaves: it <misbehaviour>
    When <client> starts quick mode
    And west has received what breaks the rule
    And east behaves again
    Then west does not go on with that exchange
    And west tells east nothing, or one of PAYLOAD-MALFORMED, INVALID-HASH-INFORMATION, AUTHENTICATION-FAILED
    And no IPsec SA of west's came of it

    Examples: the HASH is missing or wrong
      | client | misbehaviour                                   |
      | west   | leaves HASH out of extended authentication     |
      | west   | sends an empty HASH in extended authentication |
      | west   | sends a wrong HASH in extended authentication  |
      | east   | leaves HASH out of extended authentication     |
      | east   | sends an empty HASH in extended authentication |
      | east   | sends a wrong HASH in extended authentication  |

  @id:IKE1-BAD-007 @must @judges:self @phase1 @phase2
  Scenario Outline: The tunnel comes up all the same: <initiator> starts, and the peer <misbehaviour>
    Given east misbehaves: it <misbehaviour>
    When <initiator> starts quick mode
    And west has received what breaks the rule
    Then both sides hold one pair of ESP SAs with matching SPIs
    And a ping from behind west to behind east is answered
    When east behaves again
    And west sets up a tunnel as if nothing had happened
    Then that tunnel comes up and carries a ping

    @clause:RFC2408-3.16-01
    Examples: a vendor ID may say anything
      | initiator | misbehaviour                     |
      | east      | sends a vendor ID of 1500 octets |
      | west      | sends a vendor ID of 1500 octets |

    @clause:RFC2408-5.1-05
    Examples: what comes twice counts once
      | initiator | misbehaviour                                                                |
      | east      | sends every message twice                                                   |
      | west      | sends every message twice                                                   |
      | east      | takes every message twice                                                   |
      | west      | takes every message twice                                                   |
      | east      | takes all earlier messages again with each one that comes, the oldest first |
      | west      | takes all earlier messages again with each one that comes, the oldest first |
      | east      | takes all earlier messages again with each one that comes, the newest first |
      | west      | takes all earlier messages again with each one that comes, the newest first |

    @clause:RFC2408-5.1-03
    Examples: who gets no answer asks again
      | initiator | misbehaviour                                    |
      | west      | does not send message 4 until it is asked again |

  @id:IKE1-BAD-008 @must @judges:self @negative @phase1 @main-mode @clause:RFC2408-5.1-03
  Scenario: An exchange that the peer never goes on with leaves no SA and does not stand in the way of the next
    Given east misbehaves: it never sends message 3
    When east starts quick mode
    And west has received what breaks the rule
    And east behaves again
    And west sets up a tunnel as if nothing had happened
    Then that tunnel comes up and carries a ping
    And no IKE SA of west's came of it

  @id:IKE1-BAD-009 @must @judges:self @phase2 @clause:RFC2408-5.15-05
  Scenario: A Delete counts, whatever malformed Notification stands behind it
    Given a tunnel between the networks behind west and east
    When from now on east misbehaves: it puts a malformed Notification behind its Delete
    And east deletes the pair of ESP SAs
    And west has received what breaks the rule
    And east behaves again
    And west sets up a tunnel as if nothing had happened
    Then that tunnel comes up and carries a ping

  @id:IKE1-BAD-010 @must @judges:self @phase2 @clause:RFC2408-5.1-03
  Scenario: A peer that has dropped its SAs without a word gets new ones
    Given a tunnel between the networks behind west and east
    When from now on east misbehaves: it drops its SAs without a Delete
    And east deletes the IKE SA
    And east has given up without a word
    And east behaves again
    And west sets up a tunnel as if nothing had happened
    Then that tunnel comes up and carries a ping

  @id:IKE1-BAD-011 @must @judges:self @phase1 @main-mode @clause:RFC2408-5.1-03
  Scenario: Where the peer repeats nothing, the gateway's own repetitions carry the exchange
    Given east misbehaves: it never repeats a message
    And main mode message 3 is lost once
    When west starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    And a ping from behind west to behind east is answered
    When east behaves again
    And west sets up a tunnel as if nothing had happened
    Then that tunnel comes up and carries a ping

  @id:IKE1-BAD-012 @must @judges:self @negative @xauth @clause:DRAFT-BEAULIEU-IKE-XAUTH-02-6-01
  Scenario: As long as the gateway does not ask for the user there is no quick mode
    Given a user at west authenticates after pre-shared keys
    And east misbehaves: it does not ask for the user
    When west starts quick mode
    And phase 1 is established
    And west has received what breaks the rule
    And east behaves again
    And west sets up a tunnel as if nothing had happened
    Then that tunnel comes up and carries a ping
    And west starts no quick mode before the user is let in

  @id:IKE1-BAD-013 @must @judges:self @negative @xauth @clause:RFC2408-5.1-03 @clause:DRAFT-BEAULIEU-IKE-XAUTH-02-6-01
  Scenario: A user's side that does not say who the user is gets asked again, and in the end another time
    Given a user at east authenticates after pre-shared keys
    And east misbehaves: it does not say who its user is
    When east starts quick mode
    And west has received what breaks the rule
    And east behaves again
    And east starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs

  @id:IKE1-BAD-014 @must @judges:self @phase1 @phase2 @clause:RFC2409-5-11
  Scenario Outline: An offer that says a thing twice is refused or answered as it is: the peer <misbehaviour>
    Given east misbehaves: it <misbehaviour>
    When east starts quick mode
    And west has received what breaks the rule
    And east behaves again
    And west sets up a tunnel as if nothing had happened
    Then that tunnel comes up and carries a ping
    And west refuses the offer, or answers it as it is
    And no IPsec SA of west's came of it

    Examples: an attribute twice
      | misbehaviour                                   |
      | sends Key Length twice in its phase 1 proposal |
      | sends Key Length twice in its phase 2 proposal |

  @id:IKE1-BAD-015 @must @judges:self @phase1 @main-mode @clause:RFC2408-5.1-03
  Scenario Outline: A peer that begins another exchange in place of a repetition gets its tunnel by that one: it <misbehaviour>
    Given east misbehaves: it <misbehaviour>
    And main mode message 2 is lost once
    When east starts quick mode
    And west has received what breaks the rule
    Then both sides hold one pair of ESP SAs with matching SPIs
    And a ping from behind west to behind east is answered
    When east behaves again
    And west sets up a tunnel as if nothing had happened
    Then that tunnel comes up and carries a ping

    Examples: a message is lost
      | misbehaviour                                                             |
      | starts all over where it would have to repeat a message                  |
      | takes the exchange for timed out where it would have to repeat a message |
