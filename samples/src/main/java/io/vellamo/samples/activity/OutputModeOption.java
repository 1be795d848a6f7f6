package io.vellamo.samples.activity;

import io.vellamo.api.query.OutputMode;
import io.vellamo.samples.run.BadInputException;
import java.util.Locale;

/** The option of the output mode. */
final class OutputModeOption {
  private OutputModeOption() {}

  /**
   * Returns the output mode of a name.
   *
   * @throws BadInputException if there is none
   */
  static OutputMode parse(String text) {
    for (OutputMode mode : OutputMode.values()) {
      if (name(mode).equals(text)) {
        return mode;
      }
    }
    throw new BadInputException(
        "--mode must be append, update or complete, was [%s]; give one of these".formatted(text));
  }

  /** Returns the name of an output mode. */
  static String name(OutputMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }
}
