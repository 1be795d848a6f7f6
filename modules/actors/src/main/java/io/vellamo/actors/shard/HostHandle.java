package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupKey;
import org.jspecify.annotations.Nullable;

/**
 * The resources that a host keeps for a live group, with the bookkeeping of {@link HostHandles}.
 *
 * <p>Both are one object, as each further object that a call touches may be a cache miss.
 */
abstract class HostHandle {
  /** The group that uses the handle; null if it is free. */
  @Nullable GroupKey group;

  /** The round of calls in which its group last used it; 0 if it has not yet. */
  long round;

  /** True if it was used again since the clock hand last passed it. */
  boolean isUsedAgain;

  /** Returns whether the call that the handle was just given out for is the first of its group. */
  final boolean isOfNewGroup() {
    return !isUsedAgain;
  }
}
