@ikev1 @esp @phase1 @phase2
Feature: A bad network
  Nothing that a network does to single packets may keep two gateways from their tunnel for longer than a few
  retransmissions take, or leave them with more SAs than they agreed on (RFC 2408 section 5.1). Here losses and
  duplicates are not aimed at one message: they hit whatever comes by, in both directions.

  Background:
    Given west and east share a pre-shared key

  @id:IKE1-NET-001 @must @judges:both @quick-mode @clause:RFC2408-5.1-03 @clause:RFC2408-5.1-05
  Scenario Outline: A tunnel comes up over a network that <network> (<initiator>, <mode>)
    Given the network between west and east <network>
    When <initiator> starts phase 1 in <mode> mode
    Then phase 1 is established
    And both sides hold one established IKE SA with the same cookies
    When <initiator> starts quick mode
    Then both sides hold one pair of ESP SAs with matching SPIs
    When the network is good again
    Then a ping from behind west to behind east is answered

    @responder
    Examples: the peer responds
      | initiator | mode       | network                                                                                  |
      | west      | main       | loses every third packet                                                                 |
      | west      | main       | delivers every packet twice                                                              |
      | west      | main       | delays packets by up to 60 ms and doubles half of them, so that they overtake each other |
      | west      | main       | loses every fifth packet and delivers all others twice, up to 60 ms apart                |
      | west      | aggressive | loses every third packet                                                                 |
      | west      | aggressive | delivers every packet twice                                                              |
      | west      | aggressive | delays packets by up to 60 ms and doubles half of them, so that they overtake each other |
      | west      | aggressive | loses every fifth packet and delivers all others twice, up to 60 ms apart                |

    @initiator
    Examples: the peer initiates
      | initiator | mode       | network                                                                                  |
      | east      | main       | loses every third packet                                                                 |
      | east      | main       | delivers every packet twice                                                              |
      | east      | main       | delays packets by up to 60 ms and doubles half of them, so that they overtake each other |
      | east      | main       | loses every fifth packet and delivers all others twice, up to 60 ms apart                |
      | east      | aggressive | loses every third packet                                                                 |
      | east      | aggressive | delivers every packet twice                                                              |
      | east      | aggressive | delays packets by up to 60 ms and doubles half of them, so that they overtake each other |
      | east      | aggressive | loses every fifth packet and delivers all others twice, up to 60 ms apart                |
