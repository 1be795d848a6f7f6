package io.vellamo.samples.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The pauses of the rows after kills: for each, the longest time in which no rows were added. */
final class Pauses {
  private final List<Duration> afterKills = new ArrayList<>();
  private long rows;
  private Instant grown;
  private Duration longest = Duration.ZERO;
  private boolean isAfterKill;

  Pauses(Instant start) {
    this.grown = start;
  }

  /** Notes the number of rows at a time. */
  void rows(Instant now, long count) {
    if (count == rows) {
      return;
    }
    Duration pause = Duration.between(grown, now);
    if (pause.compareTo(longest) > 0) {
      longest = pause;
    }
    rows = count;
    grown = now;
  }

  /** Notes a kill, which ends what follows the one before. */
  void killed() {
    end();
    isAfterKill = true;
  }

  /** Ends what follows the last kill. */
  void end() {
    if (isAfterKill && !longest.isZero()) {
      afterKills.add(longest);
    }
    isAfterKill = false;
    longest = Duration.ZERO;
  }

  /** Returns the median and the longest pause as text; a hyphen if there were none. */
  String text() {
    if (afterKills.isEmpty()) {
      return "-";
    }
    List<Duration> sorted = new ArrayList<>(afterKills);
    Collections.sort(sorted);
    return "median %s s, longest %s s"
        .formatted(
            seconds(sorted.get((sorted.size() - 1) / 2)), seconds(sorted.get(sorted.size() - 1)));
  }

  private static String seconds(Duration pause) {
    long tenths = (pause.toMillis() + 50) / 100;
    return tenths / 10 + "." + tenths % 10;
  }
}
