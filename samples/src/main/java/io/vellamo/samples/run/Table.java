package io.vellamo.samples.run;

import io.vellamo.cli.terminal.Terminal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A table of named figures, one a line. */
public final class Table {
  private final Map<String, String> rows = new LinkedHashMap<>();

  /**
   * Adds a figure.
   *
   * @param name the figure's name, unique within the table
   * @param text its text
   * @return this table
   */
  public Table row(String name, String text) {
    rows.put(name, text);
    return this;
  }

  /**
   * Adds a number.
   *
   * @param name the figure's name, unique within the table
   * @param number its value, shown with a thousands separator
   * @return this table
   */
  public Table row(String name, long number) {
    return row(name, number(number));
  }

  /** Returns a number with a thousands separator, as in tables. */
  public static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Prints the table. */
  public void printOn(Terminal terminal) {
    int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    rows.forEach(
        (name, text) -> terminal.print("  %-".concat(width + "s  %s").formatted(name, text)));
  }
}
