package io.vellamo.alerts;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** A query that applies rules to readings by machine. */
final class AlertRun implements AutoCloseable {
  private final MemorySource<Reading> readings = MemorySource.create();
  private final MemorySink<Alert> alerts = MemorySink.create();
  private final Supplier<AlertRules<String, Reading>> rules;
  private final Duration delay;
  private final StreamingQueryHarness<Reading, Alert> query;
  private Trigger trigger = Trigger.asap();

  private AlertRun(Duration delay, Supplier<AlertRules<String, Reading>> rules) {
    this.delay = delay;
    this.rules = rules;
    this.query =
        StreamingQueryHarness.start(
            events -> readings.addTo(0, events), alerts::rows, this::pipeline);
  }

  /**
   * Starts a query.
   *
   * @param rules called at every start, where it may return others
   */
  static AlertRun start(Duration delay, Supplier<AlertRules<String, Reading>> rules) {
    return new AlertRun(delay, rules);
  }

  private QueryBuilder pipeline(QueryStart start) {
    return start
        .from(readings)
        .withWatermark(Reading::time, delay)
        .groupByKey(Reading::machine)
        .process(OutputMode.APPEND, rules.get())
        .to(alerts)
        .trigger(trigger);
  }

  StreamingQueryHarness<Reading, Alert> query() {
    return query;
  }

  /** Sets the trigger of the next start. */
  void endWith(Trigger next) {
    trigger = next;
  }

  void add(List<Reading> events) {
    query.add(events.toArray(Reading[]::new));
  }

  List<Alert> alerts() {
    return alerts.rows();
  }

  @Override
  public void close() {
    query.close();
  }
}
