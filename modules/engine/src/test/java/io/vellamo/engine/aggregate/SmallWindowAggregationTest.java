package io.vellamo.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.internal.SliceBuffers;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.TimeWindows;
import io.vellamo.api.window.Window;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.group.TimedRow;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A group that keeps its slices as one value; rows are such as {@code [0,10)=2}. */
final class SmallWindowAggregationTest {
  private static final TimeWindows TENS = Window.tumbling(Duration.ofMillis(10));
  private static final TimeWindows TWENTIES =
      Window.sliding(Duration.ofMillis(20), Duration.ofMillis(10));

  private GroupEntry entry = GroupEntry.EMPTY;
  private Watermark late = Watermark.NONE;
  private long badWindow = -1;
  private int slicesKept;

  @Test
  void append_emitsAWindowOnce_whenTheWatermarkReachesItsEnd() throws Exception {
    GroupStep<Object, Object, SliceBuffers, Object> step = step(TENS, OutputMode.APPEND);

    assertThat(events(step, 0, 1L, 2L, 11L, null)).isEmpty();
    assertThat(events(step, 10, 15L)).containsExactly("[0,10)=2");
    assertThat(slicesKept).isEqualTo(1);
    assertThat(timeout(step, 20)).containsExactly("[10,20)=2");
    assertThat(entry.isEmpty()).isTrue();
  }

  @Test
  void append_ofSlidingWindows_keepsWhatLaterOnesNeed() throws Exception {
    GroupStep<Object, Object, SliceBuffers, Object> step = step(TWENTIES, OutputMode.APPEND);

    assertThat(events(step, 0, 5L, 15L)).isEmpty();
    assertThat(timeout(step, 10)).containsExactly("[-10,10)=1");
    assertThat(timeout(step, 20)).containsExactly("[0,20)=2");
    assertThat(timeout(step, 30)).containsExactly("[10,30)=1");
    assertThat(entry.isEmpty()).isTrue();
  }

  @Test
  void update_emitsTheWindowsOfItsEvents() throws Exception {
    GroupStep<Object, Object, SliceBuffers, Object> step = step(TWENTIES, OutputMode.UPDATE);

    assertThat(events(step, 0, 5L)).containsExactly("[-10,10)=1", "[0,20)=1");
    assertThat(events(step, 10, 15L)).containsExactly("[0,20)=2", "[10,30)=1");
    assertThat(timeout(step, 30)).isEmpty();
    assertThat(entry.isEmpty()).isTrue();
  }

  @Test
  void eventsWithoutEventTime_leaveNothing() throws Exception {
    assertThat(events(step(TENS, OutputMode.APPEND), 0, (Long) null)).isEmpty();
    assertThat(entry.isEmpty()).isTrue();
  }

  @Test
  void rowThatThrows_isLeftOut_withItsWindow() throws Exception {
    GroupStep<Object, Object, SliceBuffers, Object> step = step(TENS, OutputMode.APPEND);
    events(step, 0, 1L, 11L);
    badWindow = 0;

    assertThatIllegalStateException().isThrownBy(() -> timeout(step, 10));
    StepOutcome outcome = step.onTimeoutLeavingOut(TestCodecs.key("k"), entry, times(10));
    entry = outcome.change().applyTo(entry);
    late = Watermark.of(10);

    assertThat(outcome.rows()).isEmpty();
    assertThat(outcome.failed()).hasSize(1);
    assertThat(timeout(step, 20)).containsExactly("[10,20)=1");
  }

  private GroupStep<Object, Object, SliceBuffers, Object> step(
      TimeWindows windows, OutputMode mode) {
    AggregationCode code =
        new AggregationCode(Optional.of(windows), List.of(new AggregationGroup.Count()), this::row);
    return new GroupStep<>(
        new GroupOperator<>(
            GroupStateTimeout.EVENT_TIME,
            true,
            new SmallWindowAggregation(code, windows, mode),
            TestCodecs.KEYS,
            new Slices(),
            TestCodecs.ROWS));
  }

  private Object row(@Nullable Object key, @Nullable Window window, Object[] buffers) {
    long start = window == null ? 0 : window.start().toEpochMilli();
    long end = window == null ? 0 : window.end().toEpochMilli();
    if (start == badWindow) {
      throw new IllegalStateException("bad row");
    }
    return "[%d,%d)=%s".formatted(start, end, buffers[0]);
  }

  private EpochTimes times(long watermark) {
    return new EpochTimes(1, 0, Watermark.of(watermark), late);
  }

  private List<Object> events(
      GroupStep<Object, Object, SliceBuffers, Object> step,
      long watermark,
      @Nullable Long... eventTimes)
      throws Exception {
    GroupBatch<Object> batch = new GroupBatch<>(TestCodecs.key("k"), "k", true);
    for (Long time : eventTimes) {
      batch.add("event", 0, 0, time == null ? null : Instant.ofEpochMilli(time));
    }
    return take(step.onEvents(batch, entry, null, times(watermark)), watermark);
  }

  private List<Object> timeout(GroupStep<Object, Object, SliceBuffers, Object> step, long watermark)
      throws Exception {
    return take(step.onTimeout(TestCodecs.key("k"), entry, null, times(watermark)), watermark);
  }

  private List<Object> take(StepOutcome outcome, long watermark) {
    entry = outcome.change().applyTo(entry);
    late = Watermark.of(watermark);
    return outcome.rows().stream()
        .map(row -> row instanceof TimedRow timed ? timed.row() : row)
        .toList();
  }

  /** Slices with one count each. */
  private final class Slices implements StateCodec<SliceBuffers> {
    @Override
    public byte[] write(SliceBuffers state) {
      slicesKept = state.size();
      ByteBuffer bytes = ByteBuffer.allocate(16 * state.size());
      for (int place = 0; place < state.size(); place++) {
        bytes.putLong(state.start(place)).putLong((Long) state.buffers(place)[0]);
      }
      return bytes.array();
    }

    @Override
    public SliceBuffers read(byte[] bytes) {
      SliceBuffers state = new SliceBuffers();
      ByteBuffer from = ByteBuffer.wrap(bytes);
      while (from.hasRemaining()) {
        state.append(from.getLong(), new Object[] {from.getLong()});
      }
      return state;
    }

    @Override
    public boolean isImmutable() {
      return false;
    }

    @Override
    public String shape() {
      return "slices";
    }
  }
}
