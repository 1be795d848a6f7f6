package io.vellamo.replay;

import java.util.Map;

/**
 * A supplier of a changed function for {@code bin/vellamo journal replay}. Implementations have a
 * public constructor without arguments.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ReplacementProvider {
  /**
   * Returns the changed function.
   *
   * @param options the options of the command line, given by {@code --option NAME=VALUE}
   * @return the function, described as in the query
   */
  Replacement<?, ?, ?, ?> replacement(Map<String, String> options);
}
