package io.vellamo.engine.variable;

import org.jspecify.annotations.Nullable;

/**
 * A walk through the entries of a variable while they change: it meets all entries that exist from
 * its beginning to its end.
 */
interface SlotWalk {
  /**
   * Returns the next entry as it is now, or null if there is none.
   *
   * @param now the variable, which may have been cleared and filled again since the last step; null
   *     if it has no entries
   */
  @Nullable SlotEntry next(@Nullable Slot now);
}
