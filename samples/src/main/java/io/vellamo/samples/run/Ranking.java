package io.vellamo.samples.run;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.joining;

import java.util.Map;

/** Rankings of names by a number. */
public final class Ranking {
  private static final int NAMED = 3;

  private Ranking() {}

  /**
   * Returns the three names with the largest numbers, as text; ties are ordered by name.
   *
   * @param numbers by name
   * @return {@code none} if there are no numbers
   */
  public static String top(Map<String, Long> numbers) {
    if (numbers.isEmpty()) {
      return "none";
    }
    return numbers.entrySet().stream()
        .sorted(
            comparingLong(Map.Entry<String, Long>::getValue)
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(NAMED)
        .map(entry -> "%s (%s)".formatted(entry.getKey(), Table.number(entry.getValue())))
        .collect(joining(", "));
  }
}
