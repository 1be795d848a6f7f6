package io.vellamo.engine.aggregate;

import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.window.TimeWindows;
import io.vellamo.engine.group.ShardEvents;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reduction of an aggregation's events before they reach their groups, so that a group with
 * many events in an epoch gets a {@link PartialResult} for each slice.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class PreAggregation {
  private static final long ONLY_SLICE = 0;

  private final List<StateType<?>> bufferTypes;
  private final BufferCalls calls;
  // Null for groups without windows.
  private final @Nullable Slicing slicing;

  private PreAggregation(AggregationCode code, @Nullable Slicing slicing) {
    this.bufferTypes =
        code.aggregators().stream().<StateType<?>>map(Aggregator::bufferType).toList();
    this.calls = new BufferCalls(code);
    this.slicing = slicing;
  }

  /**
   * Returns the reduction of an aggregation; null if its result depends on the order of events, or
   * if its windows are sessions, which depend on all events of a group.
   */
  public static @Nullable PreAggregation of(AggregationCode code) {
    if (code.aggregators().stream().anyMatch(Aggregator::isOrderSensitive)) {
      return null;
    }
    if (code.windows().isEmpty()) {
      return new PreAggregation(code, null);
    }
    return code.windows().get() instanceof TimeWindows time
        ? new PreAggregation(code, Slicing.of(time))
        : null;
  }

  /** Returns the types of the buffers of a partial result. */
  public List<StateType<?>> bufferTypes() {
    return bufferTypes;
  }

  /** Returns whether an event without event time can't be reduced. */
  public boolean needsEventTime() {
    return slicing != null;
  }

  /**
   * Returns the slice of an event; all events of a group's slice can be reduced together.
   *
   * @param eventTimeMillis its event time; unused if none is needed
   */
  public long slice(long eventTimeMillis) {
    return slicing == null ? ONLY_SLICE : slicing.sliceStart(eventTimeMillis);
  }

  /** Returns the partial result of an event, to be added to {@link ShardEvents} with its time. */
  public PartialResult begin(Object event) {
    PartialResult partial = PartialResult.of(calls.zero());
    calls.reduce(partial.buffers(), event);
    return partial;
  }

  /** Adds an event of the same group and slice. */
  public void add(PartialResult partial, Object event) {
    calls.reduce(partial.buffers(), event);
  }
}
