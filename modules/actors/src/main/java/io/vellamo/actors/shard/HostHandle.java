package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupKey;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a live group, with the bookkeeping of {@link Seats}.
 *
 * <p>Both are one object, as each further object that a call touches may be a cache miss.
 */
abstract class Seat {
  /** The group that has the seat; null if it is vacant. */
  @Nullable GroupKey group;

  /** The round of calls in which its group last used it; 0 if it has not yet. */
  long round;

  /** True if it was used again since the clock hand last passed it. */
  boolean isUsedAgain;
}
