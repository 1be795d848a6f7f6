package io.vellamo.engine.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.Stage.Deduplicate.Memory;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Millis;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a deduplication lets through, remembers and forgets. */
final class DeduplicationTest {
  private static final GroupKey KEY = TestCodecs.key("k");

  /** Stands for no event time. */
  private static final long UNKNOWN = Long.MIN_VALUE;

  private GroupEntry kept = GroupEntry.EMPTY;

  @Test
  void forEver_onlyTheVeryFirstPasses_andNothingIsWrittenAgain() throws Exception {
    assertThat(passing(Memory.FOREVER, 0, 5, 6)).containsExactly(5L);
    assertThat(passing(Memory.FOREVER, 100, 7)).isEmpty();
    assertThat(change(Memory.FOREVER, 100, 7).isNothing()).isTrue();
    assertThat(kept.timeoutMillis()).isNull();
    assertThat(kept.isEmpty()).isFalse();
  }

  @Test
  void untilLate_eachTimePassesOnce_andTheTimeoutIsTheEarliest() throws Exception {
    assertThat(passing(Memory.UNTIL_LATE, 0, 5, 7, 5, 6)).containsExactly(5L, 7L, 6L);
    assertThat(kept.timeoutMillis()).isEqualTo(5);
    assertThat(passing(Memory.UNTIL_LATE, 6, 6, 7)).isEmpty();
    assertThat(kept.timeoutMillis()).isEqualTo(6);
    assertThat(timedOut(Memory.UNTIL_LATE, 7).effect()).isEqualTo(Effect.STATE);
    assertThat(kept.timeoutMillis()).isEqualTo(7);
    assertThat(timedOut(Memory.UNTIL_LATE, 8).effect()).isEqualTo(Effect.REMOVED);
    assertThat(kept.isEmpty()).isTrue();
  }

  @Test
  void untilLate_eventBehindTheWatermark_passesAndIsNotKept() throws Exception {
    assertThat(passing(Memory.UNTIL_LATE, 10, 9, 9)).containsExactly(9L);
    assertThat(kept.isEmpty()).isTrue();
    assertThat(change(Memory.UNTIL_LATE, 10, 9).effect()).isEqualTo(Effect.NONE);
  }

  @Test
  void untilLate_unchanged_isNotWrittenAgain() throws Exception {
    passing(Memory.UNTIL_LATE, 0, 5);

    assertThat(change(Memory.UNTIL_LATE, 0, 5).isNothing()).isTrue();
  }

  @Test
  void untilLate_unknownTime_isKeptWithoutTimeout() throws Exception {
    assertThat(passing(Memory.UNTIL_LATE, 0, UNKNOWN, UNKNOWN)).containsExactly(UNKNOWN);
    assertThat(kept.timeoutMillis()).isNull();
    assertThat(passing(Memory.UNTIL_LATE, 1000, UNKNOWN)).isEmpty();
  }

  @Test
  void withinDelay_theFirstIsKeptForTheDelay() throws Exception {
    assertThat(passing(Memory.WITHIN_DELAY, 0, 5, 4)).containsExactly(5L);
    assertThat(kept.timeoutMillis()).isEqualTo(15);
    assertThat(passing(Memory.WITHIN_DELAY, 15, 20)).isEmpty();
    assertThat(passing(Memory.WITHIN_DELAY, 16, 20)).as("known until the epoch ends").isEmpty();
    assertThat(kept.isEmpty()).isTrue();
    assertThat(passing(Memory.WITHIN_DELAY, 16, 20)).containsExactly(20L);
  }

  @Test
  void untilLate_timesAreExact() throws Exception {
    Instant time = Instant.parse("1960-01-01T00:00:00.000000001Z");
    List<Instant> times =
        List.of(time, time.plusNanos(1), time, Instant.MAX, Instant.MAX.minusNanos(1), Instant.MIN);

    assertThat(passingExactly(Watermark.NONE, times))
        .isEqualTo(
            List.of(time, time.plusNanos(1), Instant.MAX, Instant.MAX.minusNanos(1), Instant.MIN));
    assertThat(kept.timeoutMillis()).isEqualTo(Millis.FIRST);
    assertThat(passingExactly(Watermark.NONE, times)).isEmpty();
    assertThat(timedOut(Memory.UNTIL_LATE, Watermark.END.millis()).effect())
        .isEqualTo(Effect.REMOVED);
  }

  @Test
  void withinDelay_unknownTime_countsAsOneOf1970() throws Exception {
    assertThat(passing(Memory.WITHIN_DELAY, -1000, UNKNOWN, UNKNOWN)).containsExactly(UNKNOWN);
    assertThat(kept.timeoutMillis()).isEqualTo(10);
    assertThat(passing(Memory.WITHIN_DELAY, 10, UNKNOWN)).isEmpty();
    assertThat(timedOut(Memory.WITHIN_DELAY, 11).effect()).isEqualTo(Effect.REMOVED);
    assertThat(kept.isEmpty()).isTrue();
  }

  @Test
  void withinDelay_endBeyondAllTimes_isNotInThePast() throws Exception {
    assertThat(passing(Memory.WITHIN_DELAY, 0, Long.MAX_VALUE - 5)).hasSize(1);
    assertThat(kept.timeoutMillis()).isEqualTo(Millis.LAST);
    assertThat(passing(Memory.WITHIN_DELAY, 1000, Long.MAX_VALUE - 5)).isEmpty();
  }

  @Test
  void endOfTime_forgetsAllThatHasATime() throws Exception {
    passing(Memory.WITHIN_DELAY, 0, 5);

    assertThat(timedOut(Memory.WITHIN_DELAY, Watermark.END.millis()).effect())
        .isEqualTo(Effect.REMOVED);
  }

  @Test
  void operator_hasTimeoutsOnlyIfItForgets() {
    assertThat(operator(Memory.FOREVER).timeout()).isEqualTo(GroupStateTimeout.NONE);
    assertThat(operator(Memory.UNTIL_LATE).timeout()).isEqualTo(GroupStateTimeout.EVENT_TIME);
    assertThat(operator(Memory.WITHIN_DELAY).timeout()).isEqualTo(GroupStateTimeout.EVENT_TIME);
  }

  /** Returns the times of the events that pass, and keeps what is kept. */
  private List<Long> passing(Memory memory, long watermark, long... times) throws Exception {
    StepOutcome outcome = events(memory, watermark, times);
    kept = outcome.change().applyTo(kept);
    assertThat(outcome.change().rows()).hasSameSizeAs(outcome.rows());
    return outcome.rows().stream().map(row -> millis((TimedRow) row)).toList();
  }

  private static long millis(TimedRow row) {
    Instant time = row.eventTime();
    return time == null ? UNKNOWN : time.toEpochMilli();
  }

  private GroupChange change(Memory memory, long watermark, long... times) throws Exception {
    return events(memory, watermark, times).change();
  }

  private StepOutcome events(Memory memory, long watermark, long... times) throws Exception {
    GroupBatch<Object> batch = new GroupBatch<>(KEY, "k", true);
    for (long time : times) {
      batch.add("event", 0, 0, time == UNKNOWN ? null : Instant.ofEpochMilli(time));
    }
    return step(memory).onEvents(batch, kept, null, times(watermark));
  }

  private GroupChange timedOut(Memory memory, long watermark) throws Exception {
    GroupChange change = step(memory).onTimeout(KEY, kept, null, times(watermark)).change();
    kept = change.applyTo(kept);
    return change;
  }

  private List<@Nullable Instant> passingExactly(Watermark watermark, List<Instant> times)
      throws Exception {
    GroupBatch<Object> batch = new GroupBatch<>(KEY, "k", true);
    times.forEach(time -> batch.add("event", 0, 0, time));
    StepOutcome outcome =
        step(Memory.UNTIL_LATE).onEvents(batch, kept, null, times(watermark.millis()));
    kept = outcome.change().applyTo(kept);
    return outcome.rows().stream().map(row -> ((TimedRow) row).eventTime()).toList();
  }

  private static EpochTimes times(long watermark) {
    return new EpochTimes(1, 0, Watermark.of(watermark), Watermark.NONE);
  }

  @SuppressWarnings("unchecked") // a deduplication's own types
  private static GroupStep<Object, Object, long[], Object> step(Memory memory) {
    return new GroupStep<>(
        new GroupOperator<>(
            operator(memory).timeout(),
            true,
            Deduplication.of(stage(memory), Duration.ofMillis(10)),
            TestCodecs.KEYS,
            TestCodecs.TIMES,
            TestCodecs.ROWS));
  }

  private static StatefulOperator operator(Memory memory) {
    return Deduplication.operator(stage(memory));
  }

  private static Stage.Deduplicate stage(Memory memory) {
    return new Stage.Deduplicate(
        "dropDuplicates", Optional.empty(), event -> event, Optional.empty(), memory);
  }
}
