@ikev1 @ah @phase2 @quick-mode
Feature: AH negotiated in quick mode
  AH authenticates a packet and the IP header before it, and hides nothing (RFC 4302). Quick mode names its algorithm twice,
  as the transform and as an attribute (RFC 2407 section 4.4.3).

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-AH-001 @must @judges:both @clause:RFC2407-4.4.3-01 @clause:RFC4302-2-01 @clause:RFC4302-2.2-01 @clause:RFC4302-2.4-01 @clause:RFC4302-2.6-01 @clause:RFC4302-3.3.3-01 @clause:RFC4302-3.1.2-01
  Scenario Outline: <suite> in tunnel mode
    Given phase 2 uses <suite>
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in tunnel mode with matching SPIs
    And a ping from behind west to behind east is answered
    And the frames on the wire are AH between the gateways only
    And every AH header from east has its true length, reserved 0 and the right ICV
    And every AH frame carries the ICMP echo that was sent in tunnel mode
    And every quick mode transform from east names its authentication algorithm, or none with a combined mode

    @responder
    Examples: the peer responds
      | initiator | suite                |
      | west      | AH HMAC-MD5-96       |
      | west      | AH HMAC-SHA1-96      |
      | west      | AH HMAC-SHA2-256-128 |
      | west      | AH HMAC-SHA2-384-192 |
      | west      | AH HMAC-SHA2-512-256 |
      | west      | AH AES-XCBC-96       |

    @initiator
    Examples: the peer initiates
      | initiator | suite                |
      | east      | AH HMAC-MD5-96       |
      | east      | AH HMAC-SHA1-96      |
      | east      | AH HMAC-SHA2-256-128 |
      | east      | AH HMAC-SHA2-384-192 |
      | east      | AH HMAC-SHA2-512-256 |
      | east      | AH AES-XCBC-96       |

  @id:IKE1-AH-002 @must @judges:both @clause:RFC2407-4.4.3-01 @clause:RFC4302-2-01 @clause:RFC4302-2.2-01 @clause:RFC4302-2.4-01 @clause:RFC4302-2.6-01 @clause:RFC4302-3.3.3-01 @clause:RFC4302-3.1.1-01
  Scenario Outline: <suite> in transport mode
    Given phase 2 uses <suite>
    And phase 2 runs in transport mode
    When <initiator> starts quick mode
    Then both sides hold SAs of <suite> in transport mode with matching SPIs
    And a ping from west to east is answered
    And the frames on the wire are AH between the gateways only
    And every AH header from east has its true length, reserved 0 and the right ICV
    And every AH frame carries the ICMP echo that was sent in transport mode
    And every quick mode transform from east names its authentication algorithm, or none with a combined mode

    @responder
    Examples: the peer responds
      | initiator | suite                |
      | west      | AH HMAC-MD5-96       |
      | west      | AH HMAC-SHA1-96      |
      | west      | AH HMAC-SHA2-256-128 |
      | west      | AH HMAC-SHA2-384-192 |
      | west      | AH HMAC-SHA2-512-256 |
      | west      | AH AES-XCBC-96       |

    @initiator
    Examples: the peer initiates
      | initiator | suite                |
      | east      | AH HMAC-MD5-96       |
      | east      | AH HMAC-SHA1-96      |
      | east      | AH HMAC-SHA2-256-128 |
      | east      | AH HMAC-SHA2-384-192 |
      | east      | AH HMAC-SHA2-512-256 |
      | east      | AH AES-XCBC-96       |

  @id:IKE1-AH-003 @must @judges:both @clause:RFC4302-2.5-01 @clause:RFC4302-3.3.2-01 @clause:RFC4302-2.3-01
  Scenario Outline: AH numbers its packets from 1 on
    Given phase 2 uses AH HMAC-SHA2-256-128
    And phase 2 runs in <mode> mode
    When <initiator> starts quick mode
    Then both sides hold SAs of AH HMAC-SHA2-256-128 in <mode> mode with matching SPIs
    When a host behind west pings a host behind east 3 times
    Then every ping is answered
    And the AH frames from east are numbered 1, 2, 3
    And every AH header from east has its true length, reserved 0 and the right ICV

    @responder
    Examples: the peer responds
      | initiator | mode      |
      | west      | tunnel    |
      | west      | transport |

    @initiator
    Examples: the peer initiates
      | initiator | mode      |
      | east      | tunnel    |
      | east      | transport |

  @id:IKE1-AH-004 @must @judges:both @esp @clause:RFC2408-4.2-01 @clause:RFC2409-5.5-07
  Scenario Outline: AH around ESP is one suite: two proposals of one number
    Given phase 2 uses AH HMAC-SHA1-96 around AES-CBC-128 and HMAC-SHA1-96
    When <initiator> starts quick mode
    Then both sides hold SAs of AH HMAC-SHA1-96 around AES-CBC-128 and HMAC-SHA1-96 in tunnel mode with matching SPIs

    @responder
    Examples: the peer responds
      | initiator |
      | west      |

    @initiator
    Examples: the peer initiates
      | initiator |
      | east      |
