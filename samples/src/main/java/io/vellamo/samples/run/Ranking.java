package io.vellamo.samples.run;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.joining;

import java.util.Map;

/** Names the first few. */
public final class Ranking {
  private static final int NAMED = 3;

  private Ranking() {}

  /**
   * Returns the three with the largest numbers, in words; of equals, the first by name.
   *
   * @param numbers by name
   * @return {@code none} if there is nobody
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
