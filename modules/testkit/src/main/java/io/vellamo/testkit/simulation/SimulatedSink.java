package io.vellamo.testkit.simulation;

import io.vellamo.api.RetryableException;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowId;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A sink in memory for simulations, of any guarantee.
 *
 * <p><b>Threading</b> Used by one thread.
 *
 * @param <U> the row type
 * @since 0.1
 */
public final class SimulatedSink<U> implements FailingSink<U> {
  private final SinkGuarantee guarantee;
  // In an idempotent sink, by epoch and identity.
  private final Map<Long, Map<RowId, Written<U>>> epochs = new TreeMap<>();
  private final List<Written<U>> all = new ArrayList<>();
  private long lastEpoch;
  private int failsAfter = NEVER;
  private final SimulatedOutage outage = new SimulatedOutage();
  private int keptInOutage;

  private SimulatedSink(SinkGuarantee guarantee) {
    this.guarantee = guarantee;
  }

  /**
   * Returns an empty sink.
   *
   * @param guarantee what the sink guarantees if an epoch is written again
   * @param <U> the row type
   * @return a sink that keeps all rows
   */
  public static <U> SimulatedSink<U> of(SinkGuarantee guarantee) {
    return new SimulatedSink<>(guarantee);
  }

  @Override
  public void failAfter(int rows) {
    failsAfter = rows;
  }

  @Override
  public void beginOutage(int calls, int kept) {
    outage.begin(calls);
    keptInOutage = kept;
  }

  @Override
  public void endOutage() {
    outage.end();
  }

  @Override
  public List<Written<U>> written() {
    if (guarantee != SinkGuarantee.IDEMPOTENT) {
      return List.copyOf(all);
    }
    List<Written<U>> rows = new ArrayList<>();
    epochs.values().forEach(some -> rows.addAll(some.values()));
    return rows;
  }

  /**
   * Returns the rows at the sink.
   *
   * @return all rows, in the order of their epochs
   */
  @Override
  public List<U> rows() {
    return written().stream().map(Written::row).toList();
  }

  @Override
  public String description() {
    return "Simulated[%s]".formatted(guarantee);
  }

  @Override
  public SinkGuarantee guarantee() {
    return guarantee;
  }

  @Override
  public SinkWriter<U> open(SinkContext context) {
    outage.call();
    return new SinkWriter<>() {
      @Override
      public void write(EpochRows<? extends U> rows) throws SimulatedFailure {
        take(rows);
      }

      @Override
      public void close() {}
    };
  }

  private void take(EpochRows<? extends U> rows) throws SimulatedFailure {
    RetryableException refusal = outage.next();
    boolean fails = failsAfter != NEVER || refusal != null;
    int most = failsAfter != NEVER ? failsAfter : keptInOutage;
    List<Written<U>> some = new ArrayList<>();
    for (int i = 0; i < (fails ? Math.min(most, rows.size()) : rows.size()); i++) {
      some.add(new Written<>(rows.epoch(), rows.id(i), rows.row(i)));
    }
    switch (guarantee) {
      case IDEMPOTENT -> {
        Map<RowId, Written<U>> known =
            epochs.computeIfAbsent(rows.epoch(), none -> new LinkedHashMap<>());
        some.forEach(row -> known.put(row.id(), row));
      }
      case AT_LEAST_ONCE -> all.addAll(some);
      case TRANSACTIONAL -> {
        if (!fails && rows.epoch() > lastEpoch) {
          lastEpoch = rows.epoch();
          all.addAll(some);
        }
      }
    }
    if (refusal != null) {
      throw refusal;
    }
    if (fails) {
      throw new SimulatedFailure("simulated failure after [%d] rows".formatted(some.size()));
    }
  }
}
