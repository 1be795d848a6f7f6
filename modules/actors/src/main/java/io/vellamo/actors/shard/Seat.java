package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupKey;
import org.jspecify.annotations.Nullable;

/**
 * What a group needs to be live, with what {@link Seats} know of it.
 *
 * <p>One object and not two, as each one more that a call touches is one more wait for memory.
 */
abstract class Seat {
  /** Whose seat it is; null if it is vacant. */
  @Nullable GroupKey group;

  /** The round of calls it was last used in; 0 if it has not been used by its group. */
  long round;

  /** Whether it was used again since the hand of the clock came by. */
  boolean isUsedAgain;
}
