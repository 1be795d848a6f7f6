package io.vellamo.testkit.simulation;

import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A user's sink, and a record of the rows that it was given. */
final class RecordingSink implements RowSink<Object> {
  private final RowSink<Object> actual;
  private final Map<Long, List<Object>> epochs = new TreeMap<>();
  // The first epoch that had other rows when it was written again.
  private @Nullable Long changed;

  @SuppressWarnings("unchecked") // the query gives the sink rows of its type
  RecordingSink(RowSink<?> actual) {
    this.actual = (RowSink<Object>) actual;
  }

  /** Returns a query with this sink. */
  QueryPlan in(QueryPlan plan) {
    return new QueryPlan(
        plan.name(),
        plan.upstream(),
        this,
        plan.errorPolicy(),
        plan.deadLetters(),
        plan.lateEvents(),
        plan.trigger(),
        plan.watermarkPolicy(),
        plan.maxEventsPerEpoch(),
        plan.clock(),
        plan.retry());
  }

  /** Returns the rows of all epochs. */
  List<Object> rows() {
    return epochs.values().stream().flatMap(List::stream).toList();
  }

  /** Throws if an epoch had other rows when it was written again. */
  void requireSameRows() {
    if (changed != null) {
      throw new AssertionError(
          "epoch [%d] must have the same rows whenever it runs, had others when it ran again; the functions of its stages must depend on nothing but their arguments"
              .formatted(changed));
    }
  }

  @Override
  public String description() {
    return actual.description();
  }

  @Override
  public SinkGuarantee guarantee() {
    return actual.guarantee();
  }

  @Override
  public SinkWriter<Object> open(SinkContext context) throws Exception {
    SinkWriter<Object> writer = actual.open(context);
    return new SinkWriter<>() {
      @Override
      public void write(EpochRows<? extends Object> rows) throws Exception {
        take(rows);
        writer.write(rows);
      }

      @Override
      public void close() {
        writer.close();
      }
    };
  }

  private void take(EpochRows<?> rows) {
    List<Object> some = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      some.add(rows.row(i));
    }
    List<Object> before = epochs.put(rows.epoch(), some);
    if (before != null && !before.equals(some) && changed == null) {
      changed = rows.epoch();
    }
  }
}
