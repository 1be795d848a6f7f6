package io.vellamo.engine.group;

import static io.vellamo.api.group.GroupStateTimeout.EVENT_TIME;
import static io.vellamo.api.group.GroupStateTimeout.NONE;
import static io.vellamo.api.group.GroupStateTimeout.PROCESSING_TIME;
import static io.vellamo.engine.group.GroupCall.entry;
import static io.vellamo.engine.group.GroupCall.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Millis;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Acceptance cases G01 to G06 and G08 to G11: the members of group state, one by one.
 *
 * <p>Left out are what Vellamo does not have: batch input, interval texts, {@code java.sql.Date}
 * (departure D14), and G07 and G12, which test Spark's {@code TestGroupState}.
 */
final class GroupStateTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void g01_emptyState_doesNotExist() throws Exception {
    GroupCall.of(NONE)
        .change(
            state -> {
              assertThat(state.exists()).isFalse();
              assertThat(state.optional()).isEmpty();
              assertThatExceptionOfType(NoSuchElementException.class)
                  .isThrownBy(state::get)
                  .withMessage("The group has no state; ask exists() first, or use optional()");
            });
  }

  @Test
  void g01_storedState_exists() throws Exception {
    GroupCall.of(NONE)
        .with(entry(2, null))
        .change(
            state -> {
              assertThat(state.exists()).isTrue();
              assertThat(state.get()).isEqualTo(2);
              assertThat(state.optional()).contains(2);
            });
  }

  @Test
  void g01_update_replacesStoredState() throws Exception {
    GroupChange change =
        GroupCall.of(NONE)
            .with(entry(2, null))
            .change(
                state -> {
                  state.update(3);
                  assertThat(state.get()).isEqualTo(3);
                });

    assertThat(change.effect()).isEqualTo(Effect.STATE);
  }

  @Test
  void g01_remove_twice_leavesNoState() throws Exception {
    GroupChange change =
        GroupCall.of(NONE)
            .with(entry(2, null))
            .change(
                state -> {
                  state.remove();
                  state.remove();
                  assertThat(state.exists()).isFalse();
                  assertThat(state.optional()).isEmpty();
                  assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(state::get);
                });

    assertThat(change.effect()).isEqualTo(Effect.REMOVED);
  }

  @Test
  void g01_update_afterRemove_existsAgain() throws Exception {
    GroupEntry after =
        GroupCall.of(NONE)
            .with(entry(2, null))
            .after(
                state -> {
                  state.remove();
                  state.update(4);
                  assertThat(state.get()).isEqualTo(4);
                });

    assertThat(after).isEqualTo(entry(4, null));
  }

  @Test
  @SuppressWarnings("NullAway") // a user without NullAway can do it
  void g01_update_withNull_isRefused() throws Exception {
    GroupEntry after =
        GroupCall.of(NONE)
            .with(entry(2, null))
            .after(
                state ->
                    assertThatIllegalArgumentException()
                        .isThrownBy(() -> state.update(null))
                        .withMessage("state must not be null; use remove() to drop the state"));

    assertThat(after).isEqualTo(entry(2, null));
  }

  @Test
  void g02_setters_withoutTimeouts_areUnsupported() throws Exception {
    GroupEntry after =
        GroupCall.of(NONE)
            .after(
                state -> {
                  assertUnsupported(
                      () -> state.setTimeoutDuration(SECOND),
                      "setTimeoutDuration needs GroupStateTimeout.PROCESSING_TIME, the operator has"
                          + " [NONE]");
                  assertTimestampsUnsupported(state, NONE);
                });

    assertThat(after).isEqualTo(GroupEntry.EMPTY);
  }

  @Test
  void g03_processingTime_lastDurationWinsAndStateLeavesIt() throws Exception {
    GroupEntry after =
        GroupCall.of(PROCESSING_TIME)
            .after(
                state -> {
                  state.setTimeoutDuration(SECOND);
                  state.update(5);
                  state.setTimeoutDuration(Duration.ofSeconds(2));
                  state.remove();
                });

    assertThat(after).isEqualTo(entry(null, 3000L));
  }

  @Test
  void g03_processingTime_needsNoState() throws Exception {
    GroupEntry after =
        GroupCall.of(PROCESSING_TIME)
            .after(state -> state.setTimeoutDuration(Duration.ofMillis(500)));

    assertThat(after).isEqualTo(entry(null, 1500L));
  }

  @Test
  void g03_processingTime_timestampsAreUnsupported() throws Exception {
    GroupCall.of(PROCESSING_TIME)
        .change(state -> assertTimestampsUnsupported(state, PROCESSING_TIME));
  }

  @Test
  void g04_eventTime_lastTimestampWinsAndStateLeavesIt() throws Exception {
    GroupEntry after =
        GroupCall.of(EVENT_TIME)
            .after(
                state -> {
                  state.setTimeoutTimestamp(Instant.ofEpochMilli(5000));
                  state.update(5);
                  state.setTimeoutTimestamp(Instant.ofEpochMilli(20_000));
                  state.remove();
                });

    assertThat(after).isEqualTo(entry(null, 20_000L));
  }

  @Test
  void g04_eventTime_additionalDurationIsAdded() throws Exception {
    GroupEntry after =
        GroupCall.of(EVENT_TIME)
            .after(state -> state.setTimeoutTimestamp(Instant.ofEpochMilli(500), SECOND));

    assertThat(after).isEqualTo(entry(null, 1500L));
  }

  @Test
  void g04_eventTime_durationsAreUnsupported() throws Exception {
    GroupCall.of(EVENT_TIME)
        .change(
            state ->
                assertUnsupported(
                    () -> state.setTimeoutDuration(SECOND),
                    "setTimeoutDuration needs GroupStateTimeout.PROCESSING_TIME, the operator has"
                        + " [EVENT_TIME]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT0S", "PT0.000999999S", "PT-2S"})
  void g05_duration_belowOneMillisecond_isRefusedAndLeavesEarlierTimeout(Duration duration)
      throws Exception {
    GroupEntry after =
        GroupCall.of(PROCESSING_TIME)
            .after(
                state -> {
                  state.setTimeoutDuration(SECOND);
                  assertThatIllegalArgumentException()
                      .isThrownBy(() -> state.setTimeoutDuration(duration))
                      .withMessage("duration must be at least 1 ms, was [%s]", duration);
                });

    assertThat(after).isEqualTo(entry(null, 2000L));
  }

  @Test
  void g05_duration_beyondAllNumbers_isRefused() throws Exception {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);

    GroupCall.of(PROCESSING_TIME)
        .change(
            state -> {
              assertThatIllegalArgumentException()
                  .isThrownBy(() -> state.setTimeoutDuration(longest))
                  .withMessage(
                      "duration must end before [+292278994-08-17T07:12:55.806Z], was [%s]; set no"
                          + " timeout if none is wanted",
                      longest);
              assertThatIllegalArgumentException()
                  .isThrownBy(() -> state.setTimeoutDuration(Duration.ofMillis(Long.MAX_VALUE)));
              assertThatIllegalArgumentException()
                  .isThrownBy(() -> state.setTimeoutDuration(Duration.ofSeconds(Long.MIN_VALUE)))
                  .withMessageStartingWith("duration must be at least 1 ms");
            });
  }

  @Test
  void timestamp_atTheEndOfTime_isAcceptedAndDropped() throws Exception {
    GroupEntry after =
        GroupCall.of(EVENT_TIME)
            .with(entry(2, 999L))
            .at(times(1000, Watermark.END.millis()))
            .after(state -> state.setTimeoutTimestamp(Instant.ofEpochMilli(5000)));

    assertThat(after).isEqualTo(entry(2, null));
  }

  @Test
  void g06_timestamp_beyondAllNumbers_isRefused() throws Exception {
    GroupCall.of(EVENT_TIME)
        .change(
            state -> {
              assertThatIllegalArgumentException()
                  .isThrownBy(() -> state.setTimeoutTimestamp(Instant.MAX))
                  .withMessage(
                      "timestamp must end before [+292278994-08-17T07:12:55.806Z], was [%s]; set no"
                          + " timeout if none is wanted",
                      Instant.MAX);
              assertThatIllegalArgumentException()
                  .isThrownBy(() -> state.setTimeoutTimestamp(Instant.MAX, SECOND))
                  .withMessageStartingWith("additional must end before");
              assertThatIllegalArgumentException()
                  .isThrownBy(() -> state.setTimeoutTimestamp(Instant.MIN))
                  .withMessageStartingWith(
                      "timestamp must not be before [-292275055-05-16T16:47:04.193Z]");
            });
  }

  /** Departure D3: Spark refuses such a timeout. */
  @ParameterizedTest
  @ValueSource(longs = {-10_000, 0, Millis.FIRST})
  void d3_timestamp_notAfter1970_isAccepted(long millis) throws Exception {
    GroupCall<Integer> call = GroupCall.of(EVENT_TIME).at(times(1000, Watermark.NONE.millis()));

    assertThat(call.after(state -> state.setTimeoutTimestamp(Instant.ofEpochMilli(millis))))
        .isEqualTo(entry(null, millis));
  }

  @Test
  void d3_timestamp_before1970AndTheWatermark_isRefusedAndLeavesEarlierTimeout() throws Exception {
    Instant timestamp = Instant.ofEpochMilli(-10_001);

    GroupEntry after =
        GroupCall.of(EVENT_TIME)
            .at(times(1000, -10_000))
            .after(
                state -> {
                  state.setTimeoutTimestamp(Instant.ofEpochMilli(-10_000));
                  assertThatIllegalArgumentException()
                      .isThrownBy(() -> state.setTimeoutTimestamp(timestamp))
                      .withMessageStartingWith("timestamp must not be before the watermark");
                });

    assertThat(after).isEqualTo(entry(null, -10_000L));
  }

  @Test
  void g06_additional_negative_isRefused() throws Exception {
    GroupEntry after =
        GroupCall.of(EVENT_TIME)
            .after(
                state ->
                    assertThatIllegalArgumentException()
                        .isThrownBy(
                            () ->
                                state.setTimeoutTimestamp(
                                    Instant.ofEpochMilli(10_000), Duration.ofSeconds(-3)))
                        .withMessage("additional must not be negative, was [PT-3S]"));

    assertThat(after).isEqualTo(GroupEntry.EMPTY);
  }

  @Test
  void g06_timestamp_beforeWatermark_isRefused() throws Exception {
    GroupCall.of(EVENT_TIME)
        .change(
            state ->
                assertThatIllegalArgumentException()
                    .isThrownBy(() -> state.setTimeoutTimestamp(Instant.ofEpochMilli(999)))
                    .withMessage(
                        "timestamp must not be before the watermark [1970-01-01T00:00:01Z], was"
                            + " [1970-01-01T00:00:00.999Z]; use the later of the two"));
  }

  @Test
  void g06_timestamp_equalToWatermark_isAccepted() throws Exception {
    GroupEntry after =
        GroupCall.of(EVENT_TIME)
            .after(state -> state.setTimeoutTimestamp(Instant.ofEpochMilli(1000)));

    assertThat(after).isEqualTo(entry(null, 1000L));
  }

  @Test
  void g06_timestamp_whileThereIsNoWatermark_isAccepted() throws Exception {
    GroupEntry after =
        GroupCall.of(EVENT_TIME)
            .at(new EpochTimes(1, 1000, Watermark.NONE, Watermark.NONE))
            .after(state -> state.setTimeoutTimestamp(Instant.ofEpochMilli(1)));

    assertThat(after).isEqualTo(entry(null, 1L));
  }

  @ParameterizedTest
  @EnumSource(names = {"PROCESSING_TIME", "EVENT_TIME"})
  void g08_hasTimedOut_isTrueInTimeoutCallsOnly(GroupStateTimeout timeout) throws Exception {
    GroupCall<Integer> call = GroupCall.of(timeout).with(entry(5, 999L));

    call.change(state -> assertThat(state.hasTimedOut()).isFalse());
    call.timeoutChange(state -> assertThat(state.hasTimedOut()).isTrue());
  }

  @ParameterizedTest
  @EnumSource
  void g09_currentWatermark_withoutWatermark_isUnsupported(GroupStateTimeout timeout)
      throws Exception {
    GroupCall.of(timeout)
        .withoutWatermark()
        .change(
            state ->
                assertUnsupported(
                    state::currentWatermark,
                    "currentWatermark needs withWatermark upstream of groupByKey, and a query that is"
                        + " not run as a batch"));
  }

  @ParameterizedTest
  @EnumSource
  void g09_currentWatermark_isTheEpochs(GroupStateTimeout timeout) throws Exception {
    GroupCall<Integer> call = GroupCall.of(timeout);

    for (long millis : List.of(0L, 1000L, 2000L)) {
      call.at(times(1000, millis))
          .change(
              state ->
                  assertThat(state.currentWatermark()).isEqualTo(Instant.ofEpochMilli(millis)));
    }
  }

  @Test
  void g09_currentWatermark_beforeTheFirstEvent_reads1970() throws Exception {
    GroupCall.of(EVENT_TIME)
        .at(new EpochTimes(1, 1000, Watermark.NONE, Watermark.NONE))
        .change(state -> assertThat(state.currentWatermark()).isEqualTo(Instant.EPOCH));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1000, 2000})
  void g10_currentProcessingTime_isTheEpochs(long millis) throws Exception {
    GroupCall.of(NONE)
        .at(times(millis, 1000))
        .change(
            state ->
                assertThat(state.currentProcessingTime()).isEqualTo(Instant.ofEpochMilli(millis)));
  }

  @Test
  void g11_number_zeroIsState() throws Exception {
    GroupEntry after = GroupCall.of(NONE).after(state -> state.update(0));

    assertThat(after).isEqualTo(entry(0, null));
  }

  private static void assertTimestampsUnsupported(
      GroupState<Integer> state, GroupStateTimeout timeout) {
    String message =
        "setTimeoutTimestamp needs GroupStateTimeout.EVENT_TIME, the operator has ["
            + timeout
            + "]";
    assertUnsupported(() -> state.setTimeoutTimestamp(Instant.ofEpochMilli(5000)), message);
    assertUnsupported(() -> state.setTimeoutTimestamp(Instant.ofEpochMilli(5000), SECOND), message);
  }

  private static void assertUnsupported(Runnable use, String message) {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(use::run)
        .withMessage(message);
  }
}
