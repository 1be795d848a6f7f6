package io.vellamo.api.process;

import static java.util.Objects.requireNonNull;

/** The rule for names of variables and timers. */
final class Names {
  private static final int LONGEST = 100;

  private Names() {}

  /**
   * Returns a name.
   *
   * @throws IllegalArgumentException if it is blank or longer than 100 characters
   */
  static String checked(String name) {
    requireNonNull(name, "name");
    if (name.isBlank() || name.length() > LONGEST) {
      throw new IllegalArgumentException(
          "name must have from 1 to %d characters and not be blank, was [%s]"
              .formatted(LONGEST, name));
    }
    return name;
  }
}
