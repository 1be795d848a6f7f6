package io.vellamo.api;

import io.vellamo.api.window.Window;
import org.jspecify.annotations.Nullable;

/**
 * The results of the aggregates of one group and window.
 *
 * <p><b>Threading</b> Use it only within the call that it is passed to.
 *
 * @param <K> the keys
 * @since 0.1
 */
public sealed interface WindowResult<K extends @Nullable Object> extends GroupResult<K>
    permits AggregateResults {
  /**
   * Returns the window.
   *
   * @return a tumbling or sliding window, or a session
   */
  Window window();
}
