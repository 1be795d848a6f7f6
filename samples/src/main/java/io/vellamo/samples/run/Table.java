package io.vellamo.samples.run;

import io.vellamo.cli.terminal.Terminal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Figures with names, one a line. */
public final class Table {
  private final Map<String, String> rows = new LinkedHashMap<>();

  /**
   * Adds a figure.
   *
   * @param name what it is; not used before
   * @param text how it is shown
   * @return this table
   */
  public Table row(String name, String text) {
    rows.put(name, text);
    return this;
  }

  /**
   * Adds a number.
   *
   * @param name what it is; not used before
   * @param number shown with thousands apart
   * @return this table
   */
  public Table row(String name, long number) {
    return row(name, number(number));
  }

  /** Returns a number as all tables show it. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Prints it. */
  public void printOn(Terminal terminal) {
    int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    rows.forEach(
        (name, text) -> terminal.print("  %-".concat(width + "s  %s").formatted(name, text)));
  }
}
