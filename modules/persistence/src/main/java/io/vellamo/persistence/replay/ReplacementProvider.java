package io.vellamo.persistence.replay;

import java.util.Map;

/**
 * Supplies a changed function to {@code bin/vellamo journal replay}; a class with a public
 * constructor without arguments.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ReplacementProvider {
  /**
   * Returns the changed function.
   *
   * @param options what the command line gave with {@code --option NAME=VALUE}
   * @return the function, described as in the query
   */
  Replacement<?, ?, ?, ?> replacement(Map<String, String> options);
}
