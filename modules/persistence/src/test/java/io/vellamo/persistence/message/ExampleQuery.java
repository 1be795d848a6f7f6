package io.vellamo.persistence.message;

import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.internal.Upstream;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.api.source.HandoffSource;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.persistence.codec.QueryCodecs;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A query with an operator whose keys are records, and an aggregation. */
final class ExampleQuery {
  /** The place of the operator whose keys are records. */
  static final int BY_PLACE = 0;

  /** The place of the aggregation. */
  static final int TOTALS = 1;

  /** A key. */
  record Place(String name) {}

  /** An event in record form. */
  record Reading(String sensor, long value, double signal, Instant measured) {}

  /** A state. */
  record Seen(long count) {}

  /** A row. */
  record Total(String name, @Nullable Long sum) {}

  /** An event that Jackson writes, whose class can be changed. */
  static final class Note {
    public String text = "";
    public List<Integer> numbers = List.of();

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Note that && text.equals(that.text) && numbers.equals(that.numbers);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }
  }

  private static final FlatMapGroupsWithStateFunction<Object, Object, Seen, Object> NOTHING =
      (key, events, state) -> Collections.emptyIterator();

  private ExampleQuery() {}

  static PreparedQuery prepared() {
    Upstream upstream = new Upstream.Input(HandoffSource.create(1));
    upstream = new Upstream.Step(upstream, byPlace());
    upstream = new Upstream.Step(upstream, totals());
    return QueryCodecs.prepare(
        QueryPlan.of("example", upstream, new Nowhere()), ExampleQuery.class.getClassLoader());
  }

  private static Stage byPlace() {
    return new Stage.Group(
        event -> event,
        Optional.of(Place.class),
        new StatefulOperator(
                "seen", OutputMode.APPEND, GroupStateTimeout.NONE, StateType.of(Seen.class))
            .named("byPlace"),
        new GroupCode.Function(NOTHING));
  }

  private static Stage totals() {
    AggregationCode code =
        new AggregationCode(
            Optional.empty(), List.of(count(), sum()), (key, window, buffers) -> "row");
    return new Stage.Group(
        event -> event, Optional.empty(), code.operator(false).named("totals"), code);
  }

  static Aggregator<Object, Object, ?> count() {
    return erased(Aggregates.count().aggregator());
  }

  static Aggregator<Object, Object, ?> sum() {
    return erased(Aggregates.sum((Reading reading) -> reading.signal()).aggregator());
  }

  @SuppressWarnings("unchecked") // it takes readings
  private static Aggregator<Object, Object, ?> erased(Aggregator<?, ?, ?> aggregator) {
    return (Aggregator<Object, Object, ?>) aggregator;
  }

  private static final class Nowhere implements RowSink<Object> {
    @Override
    public String description() {
      return "Nowhere";
    }

    @Override
    public SinkGuarantee guarantee() {
      return SinkGuarantee.AT_LEAST_ONCE;
    }

    @Override
    public SinkWriter<Object> open(SinkContext context) {
      throw new UnsupportedOperationException();
    }
  }
}
