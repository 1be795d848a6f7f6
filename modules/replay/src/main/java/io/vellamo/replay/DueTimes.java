package io.vellamo.replay;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.process.TimeDomain;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The times of a group that an epoch's clocks had reached.
 *
 * @param epoch the epoch
 * @param operator the operator of the group
 */
record DueTimes(EpochOutline epoch, CreatedOperator operator) {
  /** The variable of an aggregation with open sessions. */
  private static final String SESSIONS = "sessions";

  List<DueTime> of(OriginWalk walk, GroupEpoch effect) {
    List<DueTime> due = new ArrayList<>();
    GroupView before = walk.before();
    Long timeoutMillis = before == null ? null : before.timeoutMillis();
    // A call with events clears the timeout, so that it does not fire.
    if (timeoutMillis != null && effect.inputs() == null && isPassed(timeoutMillis)) {
      due.add(
          walk.isAggregation()
              // A timeout fires after its time, and a window is closed at its end.
              ? windowEnd(timeoutMillis + 1)
              : new DueTime(
                  DueTime.Kind.TIMEOUT, null, null, Instant.ofEpochMilli(timeoutMillis), clock()));
    }
    for (EntryChange change : effect.changes()) {
      Long time = change.dueMillis();
      if (change.effect() == EntryChange.Effect.FIRED && time != null) {
        due.add(walk.isAggregation() ? windowEnd(end(before, time)) : timer(change, time));
      }
    }
    return due;
  }

  private boolean isPassed(long millis) {
    Instant now = clock() == TimeDomain.EVENT_TIME ? epoch.watermark() : epoch.processingTime();
    return now != null && millis < now.toEpochMilli();
  }

  private TimeDomain clock() {
    return operator.timeout() == GroupStateTimeout.EVENT_TIME
        ? TimeDomain.EVENT_TIME
        : TimeDomain.PROCESSING_TIME;
  }

  /** Returns the end that a timer of an aggregation is for; a session is closed after its end. */
  private static long end(@Nullable GroupView before, long timer) {
    boolean hasSessions =
        before != null
            && before.variables().stream().anyMatch(variable -> variable.name().equals(SESSIONS));
    return hasSessions ? timer - 1 : timer;
  }

  private static DueTime windowEnd(long millis) {
    return new DueTime(
        DueTime.Kind.WINDOW_END, null, null, Instant.ofEpochMilli(millis), TimeDomain.EVENT_TIME);
  }

  private DueTime timer(EntryChange change, long millis) {
    TimeDomain clock =
        operator.variables().stream()
            .filter(variable -> variable.name().equals(change.variable()))
            .map(variable -> Objects.requireNonNull(variable.type().domain(), "domain"))
            .findFirst()
            .orElse(TimeDomain.EVENT_TIME);
    return new DueTime(
        DueTime.Kind.TIMER, change.variable(), change.key(), Instant.ofEpochMilli(millis), clock);
  }
}
