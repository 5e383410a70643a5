@esp @gateway
Feature: The two sequence diagrams of ESP, played by real parties
  Each party is a network namespace of its own: hosts that know nothing of IPsec, and gateways that are processes. Every link
  between them is captured, so that one packet can be followed from its sender to its receiver (RFC 4303 section 3.1).

  #   host A ------- gateway west ======= the middle ======= gateway east ------- host B
  #   clear, TTL n   clear, TTL n-1            ESP           clear, TTL n-1       clear, TTL n-2

  @id:ESP-DIA-001 @must @judges:both @tunnel-mode @clause:RFC4303-3.1.2-01 @clause:RFC4301-5.1.2.1-01 @clause:RFC4301-5.1.2.1-02 @clause:RFC4303-2-01 @clause:RFC4303-2-02 @clause:RFC4303-3.1.2-03 @clause:RFC4303-3.3.3-01
  Scenario: Tunnel mode: a packet on its way from host A to host B
    Given host A, gateway west, gateway east and host B, joined by ESP in tunnel mode between the gateways
    When host A pings host B
    Then host A gets its answer
    And the request leaves host A in clear, from its own address to that of host B
    And it enters ESP at gateway west as host A sent it, but for a TTL lower by one
    And in the middle it has a new IP header, from gateway west to gateway east, and is laid out as
      | section                                     | bytes   |
      | new IP header: protocol 50                  | 20      |
      | ESP header: SPI                             | 4       |
      | ESP header: sequence number                 | 4       |
      | IV                                          | 8       |
      | encrypted: the packet with its IP header    | as sent |
      | encrypted: padding, pad length, next header | to 4    |
      | integrity check value                       | 16      |
    And it carries the SPI that gateway east chose, and the sequence number 1
    And gateway east takes out of it, octet for octet, what gateway west put in
    And host B receives it as host A sent it, but for a TTL lower by two
    And the answer takes the same way back from host B to host A
    And in the middle only ESP is seen, and the IKE messages that set it up

  @id:ESP-DIA-002 @must @judges:both @tunnel-mode @clause:RFC4301-4.1-04 @clause:RFC4303-3.1.2-01
  Scenario: Tunnel mode: a TCP connection between host A and host B
    Given host A, gateway west, gateway east and host B, joined by ESP in tunnel mode between the gateways
    When host A opens a TCP connection to host B and moves 10 MiB there and back
    Then all of it arrives unchanged
    And in the middle only ESP is seen, and the IKE messages that set it up
    And ESP has carried all of it

  @id:ESP-DIA-003 @must @judges:both @transport-mode @clause:RFC4303-3.1.1-01 @clause:RFC4301-4.1-05 @clause:RFC4303-2-01 @clause:RFC4303-2-02 @clause:RFC4303-3.3.3-01
  Scenario: Transport mode: a packet on its way from host west to host east
    Given host west and host east, which protect by ESP in transport mode what they say to each other
    When host west pings host east
    Then host west gets its answer
    And the request of host west enters ESP in clear, from its own address to that of host east
    And in the middle it has the IP header that host west gave it, but for protocol 50, length and checksum, and is laid out as
      | section                                     | bytes   |
      | the packet's own IP header                  | 20      |
      | ESP header: SPI                             | 4       |
      | ESP header: sequence number                 | 4       |
      | IV                                          | 8       |
      | encrypted: the packet's payload             | as sent |
      | encrypted: padding, pad length, next header | to 4    |
      | integrity check value                       | 16      |
    And it carries the SPI that host east chose, and the sequence number 1
    And host east takes out of it, octet for octet, what host west put in
    And the answer takes the same way back from host east to host west
    And in the middle only ESP is seen, and the IKE messages that set it up

  @id:ESP-DIA-004 @must @judges:both @transport-mode @clause:RFC4303-3.1.1-01 @clause:RFC4301-4.1-05
  Scenario: Transport mode: a TCP connection between host west and host east
    Given host west and host east, which protect by ESP in transport mode what they say to each other
    When host west opens a TCP connection to host east and moves 10 MiB there and back
    Then all of it arrives unchanged
    And in the middle only ESP is seen, and the IKE messages that set it up
    And ESP has carried all of it

  # From a peer of another make its wire is seen, and what comes back: its own entry into ESP cannot be looked at.

  @id:ESP-DIA-005 @must @judges:both @tunnel-mode @clause:RFC4303-3.1.2-01 @clause:RFC4301-5.1.2.1-01 @clause:RFC4303-2-01 @clause:RFC4303-2-02 @clause:RFC4303-3.3.3-01
  Scenario: Tunnel mode: a packet of host A on its way to a gateway of another make
    Given host A and gateway west, joined by ESP in tunnel mode with a gateway east that has the address of host B itself
    When host A pings host B
    Then host A gets its answer
    And the request leaves host A in clear, from its own address to that of host B
    And it enters ESP at gateway west as host A sent it, but for a TTL lower by one
    And in the middle it has a new IP header, from gateway west to gateway east, and is laid out as
      | section                                     | bytes   |
      | new IP header: protocol 50                  | 20      |
      | ESP header: SPI                             | 4       |
      | ESP header: sequence number                 | 4       |
      | IV                                          | 8       |
      | encrypted: the packet with its IP header    | as sent |
      | encrypted: padding, pad length, next header | to 4    |
      | integrity check value                       | 16      |
    And it carries the SPI that gateway east chose, and the sequence number 1
    And the answer comes back in ESP with a new IP header, and leaves gateway west for host A as it was, but for a TTL lower by one
    And in the middle only ESP is seen, and the IKE messages that set it up

  @id:ESP-DIA-006 @must @judges:both @transport-mode @clause:RFC4303-3.1.1-01 @clause:RFC4301-4.1-05 @clause:RFC4303-2-01 @clause:RFC4303-2-02 @clause:RFC4303-3.3.3-01
  Scenario: Transport mode: a packet of host west on its way to a host of another make
    Given host west, which protects by ESP in transport mode what it and a host east of another make say to each other
    When host west pings host east
    Then host west gets its answer
    And the request of host west enters ESP in clear, from its own address to that of host east
    And in the middle it has the IP header that host west gave it, but for protocol 50, length and checksum, and is laid out as
      | section                                     | bytes   |
      | the packet's own IP header                  | 20      |
      | ESP header: SPI                             | 4       |
      | ESP header: sequence number                 | 4       |
      | IV                                          | 8       |
      | encrypted: the packet's payload             | as sent |
      | encrypted: padding, pad length, next header | to 4    |
      | integrity check value                       | 16      |
    And it carries the SPI that host east chose, and the sequence number 1
    And the answer comes back in ESP, with the IP header that host west finds on it, but for protocol 50, length and checksum
    And in the middle only ESP is seen, and the IKE messages that set it up
