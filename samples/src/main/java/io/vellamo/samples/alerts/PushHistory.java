package io.vellamo.samples.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The recent pushes of one actor: the sample's state.
 *
 * @param pending pushes not judged yet, since earlier ones may still arrive; by time
 * @param recent judged pushes that may be within the window of the next one; by time
 * @param alarmed whether an alert was on at the last judged push
 */
public record PushHistory(List<Instant> pending, List<Instant> recent, boolean alarmed) {
  /** No pushes. */
  public static final PushHistory NONE = new PushHistory(List.of(), List.of(), false);

  public PushHistory {
    pending = List.copyOf(pending);
    recent = List.copyOf(recent);
  }

  /**
   * The result of judging pushes.
   *
   * @param history the state after the judged pushes
   * @param alerts the raised alerts, by time
   */
  record Judged(PushHistory history, List<Alert> alerts) {}

  /**
   * A push that raised an alert.
   *
   * @param at its time
   * @param count the number of pushes within the window, itself included
   */
  record Alert(Instant at, int count) {}

  /** Returns the history with more pushes, given in any order. */
  PushHistory with(List<Instant> times) {
    List<Instant> sorted = new ArrayList<>(pending);
    sorted.addAll(times);
    sorted.sort(null);
    return new PushHistory(sorted, recent, alarmed);
  }

  /**
   * Judges, in the order of their times, the pushes before the watermark.
   *
   * @param watermark the time before which no more pushes come
   */
  Judged judge(Instant watermark, PushRule rule) {
    Counter counter = new Counter(rule, new ArrayList<>(recent), alarmed);
    List<Alert> alerts = new ArrayList<>();
    int judged = 0;
    while (judged < pending.size() && pending.get(judged).isBefore(watermark)) {
      counter.count(pending.get(judged)).ifPresent(alerts::add);
      judged++;
    }
    List<Instant> left = pending.subList(judged, pending.size());
    return new Judged(new PushHistory(left, counter.recent, counter.alarmed), alerts);
  }

  /** Returns whether the state has no effect on pushes at or after the watermark. */
  boolean isOver(Instant watermark, PushRule rule) {
    return pending.isEmpty() && (recent.isEmpty() || !watermark.isBefore(emptyAt(rule)));
  }

  /** Returns the next timeout of a history that is not {@link #isOver}. */
  Instant nextDue(PushRule rule) {
    return pending.isEmpty() ? emptyAt(rule) : pending.get(0);
  }

  private Instant emptyAt(PushRule rule) {
    return recent.get(recent.size() - 1).plus(rule.window());
  }

  /** A counter of the pushes within the window. */
  private static final class Counter {
    private final PushRule rule;
    private final List<Instant> recent;
    private boolean alarmed;

    Counter(PushRule rule, List<Instant> recent, boolean alarmed) {
      this.rule = rule;
      this.recent = recent;
      this.alarmed = alarmed;
    }

    Optional<Alert> count(Instant push) {
      Instant outside = push.minus(rule.window());
      recent.removeIf(earlier -> !earlier.isAfter(outside));
      recent.add(push);
      boolean before = alarmed;
      alarmed = recent.size() >= rule.pushes();
      return alarmed && !before ? Optional.of(new Alert(push, recent.size())) : Optional.empty();
    }
  }
}
