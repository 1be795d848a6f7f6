package io.vellamo.connectors.process;

import io.vellamo.api.EventStream;
import io.vellamo.api.GroupedStream;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The beginning of queries with processors, from a source to a sink in memory. */
final class ProcessorRun {
  private ProcessorRun() {}

  static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  static Instant second(long second) {
    return Instant.ofEpochSecond(second);
  }

  /** Starts a query of a processor without event time. */
  static StreamingQueryHarness<Input, String> start(
      GroupProcessor<String, Input, String> processor) {
    return start(inputs -> byKey(inputs).process(OutputMode.UPDATE, processor));
  }

  /** Starts a query of a processor in event time. */
  static StreamingQueryHarness<Input, String> start(
      Duration delay, GroupProcessor<String, Input, String> processor) {
    return start(inputs -> timed(inputs, delay).process(OutputMode.APPEND, processor));
  }

  /**
   * Starts a query.
   *
   * @param pipeline called at every start, where it may return a changed one
   */
  static StreamingQueryHarness<Input, String> start(
      Function<EventStream<Input>, EventStream<String>> pipeline) {
    return start(pipeline, UnaryOperator.identity());
  }

  static StreamingQueryHarness<Input, String> start(
      Function<EventStream<Input>, EventStream<String>> pipeline,
      UnaryOperator<QueryBuilder> settings) {
    MemorySource<Input> inputs = MemorySource.create();
    MemorySink<String> rows = MemorySink.create();
    return StreamingQueryHarness.start(
        events -> inputs.addTo(0, events),
        rows::rows,
        begin -> settings.apply(pipeline.apply(begin.from(inputs)).to(rows)));
  }

  static GroupedStream<String, Input> byKey(EventStream<Input> inputs) {
    return inputs.groupByKey(Input::key);
  }

  static GroupedStream<String, Input> timed(EventStream<Input> inputs, Duration delay) {
    return byKey(inputs.withWatermark(Input::time, delay));
  }

  /** Returns the report of the last epoch. */
  static StreamingQueryProgress last(StreamingQueryHarness<?, ?> query) {
    return query.query().lastProgress().orElseThrow();
  }
}
