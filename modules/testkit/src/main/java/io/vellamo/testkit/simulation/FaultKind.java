package io.vellamo.testkit.simulation;

import java.util.Locale;

/** The kinds of faults, and of other events from outside, that happen in a simulation. */
enum FaultKind {
  /** A run crashes. */
  CRASH(0, 2, 5, 15, 30),
  /** A run goes on beside a new one. */
  STALE(0, 0, 2, 5, 10),
  /** A shard is lost. */
  LOSE_SHARD(0, 0, 3, 8, 15),
  /** A message to or from an activation of a shard that has ended is lost. */
  LOSE_MESSAGE(0, 500),
  /** An effect fails, before or after it was carried out. */
  FAILURE(0, 0, 5, 15),
  /** A sink writes some of the rows of an epoch, then fails. */
  PARTIAL_WRITE(0, 0, 5, 15),
  /** A sink loses rows that it has written and not committed. */
  LOSE_ROWS(0, 0, 20, 100),
  /** An effect is carried out and reported later. */
  HALFWAY(0, 50, 200),
  /** An effect has to wait for many steps. */
  DELAY(0, 20, 100),
  /** A message arrives again. */
  TWICE(0, 0, 20, 60),
  /** Another activation of the shard gets a request as well. */
  ELSEWHERE(0, 0, 30, 100),
  /** Records that no recovery needs are deleted. */
  TRUNCATION(0, 10, 50),
  /** A clock jumps. */
  CLOCK(0, 10, 30),
  /** A user makes a request. */
  REQUEST(0, 5, 20),
  /** A source or sink can't be reached for some calls. */
  OUTAGE(0, 0, 10, 30),
  /** In a cluster, a request or reply is lost. */
  LOSE_IN_NETWORK(0, 30, 100, 300),
  /** In a cluster, a request or reply arrives twice. */
  TWICE_IN_NETWORK(0, 30, 100, 300),
  /** In a cluster, a shard moves while its former activation goes on, or stops. */
  MOVE_SHARD(0, 3, 10, 30);

  @SuppressWarnings("ImmutableEnumChecker") // never changed
  private final Integer[] perMille;

  FaultKind(Integer... perMille) {
    this.perMille = perMille;
  }

  /** Returns how often the faults of this kind happen under a seed, in thousandths. */
  int perMille(Dice dice) {
    return dice.oneOf(perMille);
  }

  /** Returns whether faults of this kind happen only in a cluster. */
  boolean isOfCluster() {
    return this == LOSE_IN_NETWORK || this == TWICE_IN_NETWORK || this == MOVE_SHARD;
  }

  /** Returns whether faults of this kind can't happen in a cluster, which has others instead. */
  boolean isOfOneNode() {
    return this == LOSE_SHARD || this == LOSE_MESSAGE || this == TWICE || this == ELSEWHERE;
  }

  /** Returns the name in options and messages. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
