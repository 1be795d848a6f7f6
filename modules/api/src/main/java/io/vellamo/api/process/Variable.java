package io.vellamo.api.process;

import java.util.Optional;

/**
 * A state variable of a {@link GroupProcessor}: a name under which the journal keeps its values,
 * and their type. Declare variables as constants.
 *
 * <p><b>Threading</b> Immutable.
 *
 * @since 0.1
 */
public sealed interface Variable permits ValueVariable, ListVariable, MapVariable {
  /**
   * Returns the name, which identifies the variable in the journal.
   *
   * @return a name that no other variable or timer of the processor has
   */
  String name();

  /**
   * Returns the time to live.
   *
   * @return empty if values never expire
   */
  Optional<Expiry> expiry();
}
