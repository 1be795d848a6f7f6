package io.vellamo.engine.aggregate;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import io.vellamo.engine.group.DeclaredTimer;
import io.vellamo.engine.group.DeclaredVariable;
import io.vellamo.engine.group.DeclaredVariables;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.KeyedOperator;
import io.vellamo.engine.group.ResultRow;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.group.TimedRow;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.engine.variable.SlotType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A group of an aggregation that counts events, epoch by epoch. An event is its event time in
 * milliseconds; null has none. Rows are such as {@code [0,10)=2}; that of a window whose start is
 * bad throws.
 */
final class AggregationGroup {
  private final GroupStep<Object, Object, ?, ?> step;
  private GroupEntry entry = GroupEntry.EMPTY;
  private Watermark late = Watermark.NONE;
  private @Nullable Long bad;

  private AggregationGroup(@Nullable Windows<?> windows, OutputMode mode, boolean inBatch) {
    AggregationCode code =
        new AggregationCode(Optional.ofNullable(windows), List.of(new Count()), this::row);
    KeyedOperator<?, ?, ?, ?> calls = Aggregations.operator(code, mode);
    this.step = new GroupStep<>(operator(code, inBatch ? calls.inBatch() : calls));
  }

  static AggregationGroup of(@Nullable Windows<?> windows, OutputMode mode) {
    return new AggregationGroup(windows, mode, false);
  }

  static AggregationGroup inBatch(@Nullable Windows<?> windows) {
    return new AggregationGroup(windows, OutputMode.APPEND, true);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the operator of the code has its types
  private static GroupOperator<Object, Object, ?, ?> operator(
      AggregationCode code, KeyedOperator<?, ?, ?, ?> calls) {
    DeclaredVariable spans =
        new DeclaredVariable(
            code.openSpans(), SlotType.of(code.openSpans()), new Numbers(), new LongKeys(), 0);
    DeclaredTimer end = new DeclaredTimer(AggregationCode.END, 1);
    DeclaredVariables variables =
        code.windows().isEmpty()
            ? null
            : new DeclaredVariables(List.of(spans), List.of(end), Duration.ZERO);
    return new GroupOperator(
        GroupStateTimeout.NONE,
        true,
        calls,
        calls.needsAllEvents(),
        variables,
        0,
        TestCodecs.KEYS,
        new Numbers(),
        TestCodecs.ROWS);
  }

  private Object row(@Nullable Object key, @Nullable Window window, Object[] buffers) {
    if (window == null) {
      return "" + buffers[0];
    }
    if (bad != null && window.start().toEpochMilli() == bad) {
      throw new IllegalStateException("bad row");
    }
    return "[%d,%d)=%s"
        .formatted(window.start().toEpochMilli(), window.end().toEpochMilli(), buffers[0]);
  }

  /** Lets the row of a window throw. */
  AggregationGroup bad(@Nullable Long start) {
    bad = start;
    return this;
  }

  /** Sets the late watermark of the next epoch. */
  AggregationGroup lateBy(Watermark watermark) {
    late = watermark;
    return this;
  }

  /** Runs an epoch with events, and then with the timers that are due. */
  List<Object> at(Watermark watermark, @Nullable Long... eventTimes) throws Exception {
    return at(watermark, false, eventTimes);
  }

  List<Object> at(long watermark, @Nullable Long... eventTimes) throws Exception {
    return at(Watermark.of(watermark), eventTimes);
  }

  /** Runs an epoch in which timers that throw are left out. */
  List<Object> leavingOut(long watermark) throws Exception {
    return at(Watermark.of(watermark), true);
  }

  private List<Object> at(Watermark watermark, boolean leavesOut, @Nullable Long... eventTimes)
      throws Exception {
    EpochTimes times = new EpochTimes(1, 0, watermark, late);
    List<Object> rows = new ArrayList<>();
    if (eventTimes.length > 0) {
      GroupBatch<Object> batch = new GroupBatch<>(TestCodecs.key("k"), "k", true);
      for (Long time : eventTimes) {
        batch.add("event", 0, 0, time == null ? null : Instant.ofEpochMilli(time));
      }
      take(step.onEvents(batch, entry, null, times), rows);
    }
    if (step.hasVariables()) {
      take(step.onTimers(TestCodecs.key("k"), entry, times, leavesOut), rows);
    }
    late = watermark;
    return rows;
  }

  private void take(StepOutcome outcome, List<Object> rows) {
    entry = outcome.change().applyTo(entry);
    for (Object row : outcome.rows()) {
      Object whole = row instanceof ResultRow put ? requireNonNull(put.row()) : row;
      rows.add(whole instanceof TimedRow timed ? timed.row() : whole);
    }
  }

  boolean isEmpty() {
    return entry.isEmpty();
  }

  /** Returns the number of open slices or sessions. */
  int open() {
    var slot = entry.variables().slot(0);
    return slot == null ? 0 : slot.size();
  }

  /** A count of events. */
  static final class Count implements Aggregator<Object, Object, Object> {
    @Override
    public Object zero() {
      return 0L;
    }

    @Override
    public Object reduce(Object buffer, Object event) {
      return (Long) buffer + 1;
    }

    @Override
    public Object merge(Object left, Object right) {
      return (Long) left + (Long) right;
    }

    @Override
    public Object finish(Object buffer) {
      return buffer;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // buffers are numbers
    public StateType<Object> bufferType() {
      return (StateType) StateType.of(Long.class);
    }
  }

  /** Keys of slices and sessions. */
  private static final class LongKeys implements KeyCodec {
    @Override
    public GroupKey write(@Nullable Object key) {
      return GroupKey.of(ByteBuffer.allocate(8).putLong((Long) requireNonNull(key)).array());
    }

    @Override
    public Object read(GroupKey key) {
      return ByteBuffer.wrap(key.bytes()).getLong();
    }
  }

  /** Buffers that are numbers, and the end of a session. */
  private static final class Numbers implements StateCodec<Object[]> {
    @Override
    public byte[] write(Object[] state) {
      ByteBuffer bytes = ByteBuffer.allocate(8 * state.length);
      for (Object number : state) {
        bytes.putLong((Long) number);
      }
      return bytes.array();
    }

    @Override
    public Object[] read(byte[] bytes) {
      Object[] state = new Object[bytes.length / 8];
      ByteBuffer from = ByteBuffer.wrap(bytes);
      for (int place = 0; place < state.length; place++) {
        state[place] = from.getLong();
      }
      return state;
    }

    @Override
    public boolean isImmutable() {
      return false;
    }

    @Override
    public String shape() {
      return "numbers";
    }
  }
}
