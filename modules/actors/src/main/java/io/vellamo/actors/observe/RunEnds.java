package io.vellamo.actors.observe;

import io.vellamo.api.query.StreamingQueryException;
import org.jspecify.annotations.Nullable;

/**
 * An observer of the ends of queries.
 *
 * <p><b>Threading</b> Safe to share.
 */
public interface RunEnds {
  /**
   * Notes that a query has ended.
   *
   * @param failure why, or null if it was stopped
   */
  void ended(@Nullable StreamingQueryException failure);

  /**
   * Notes that a query has ended, but its name is not free.
   *
   * @param name the query's name
   * @param blockers what still runs
   */
  void givenUp(String name, String blockers);

  /**
   * Notes that nothing is left of a query: its name is free.
   *
   * @param name the query's name
   */
  void released(String name);
}
