package io.vellamo.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.vellamo.api.query.EpochPhases;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.OperatorProgress;
import io.vellamo.api.query.QueryHealth;
import io.vellamo.api.query.ShardSkew;
import io.vellamo.api.query.SourceProgress;
import io.vellamo.api.query.StreamingQueryManager;
import io.vellamo.api.query.StreamingQueryProgress;
import java.time.Duration;
import java.util.List;

/**
 * The meters of one query.
 *
 * <p><b>Threading</b> Used by one thread at a time, except for the health, which any thread reads.
 */
final class MetersOfQuery {
  private static final double DEGRADED = 0.5;

  private final String query;
  private final StreamingQueryManager queries;
  private final MeterSet meters;
  // Of the last run, once it has ended.
  private volatile double healthAfterEnd = DEGRADED;

  MetersOfQuery(String query, StreamingQueryManager queries, MeterRegistry registry) {
    this.query = query;
    this.queries = queries;
    this.meters = new MeterSet(registry);
    meters.gauge(QueryMeter.HEALTH, this::health, query);
    started();
  }

  /** Registers the counters of a query, so that they are 0 before the first epoch. */
  void started() {
    meters.add(QueryMeter.ROWS, 0, query);
    meters.add(QueryMeter.RETRIES, 0, query);
    meters.add(QueryMeter.OUTAGES, 0, query);
    events(EventCounts.NONE);
  }

  private double health() {
    return queries.get(query).map(found -> number(found.health())).orElse(healthAfterEnd);
  }

  private static double number(QueryHealth health) {
    return switch (health.state()) {
      case HEALTHY -> 1;
      case DEGRADED -> DEGRADED;
      case UNHEALTHY -> 0;
    };
  }

  void outage() {
    meters.add(QueryMeter.OUTAGES, 1, query);
  }

  /** Removes what is known only of a query that runs. */
  void terminated(boolean hasFailed) {
    healthAfterEnd = hasFailed ? 0 : DEGRADED;
    meters.removeValues();
  }

  void take(StreamingQueryProgress progress) {
    meters.record(QueryMeter.EPOCH, progress.duration(), query);
    phases(progress.phases());
    events(progress.events());
    meters.add(QueryMeter.ROWS, progress.rows(), query);
    meters.add(QueryMeter.RETRIES, progress.retries(), query);
    meters.set(
        QueryMeter.WATERMARK_GAP,
        progress
            .watermark()
            .map(watermark -> Duration.between(watermark, progress.timestamp()).toMillis() / 1e3)
            .orElse(Double.NaN),
        query);
    List<SourceProgress> sources = progress.sources();
    for (SourceProgress source : sources) {
      source
          .lag()
          .forEach(
              (partition, lag) ->
                  meters.set(QueryMeter.LAG, lag, query, source.description(), partition));
    }
    progress.operators().forEach(this::operator);
  }

  private void phases(EpochPhases phases) {
    phase("plan", phases.plan());
    phase("read", phases.read());
    phase("process", phases.process());
    phase("route", phases.route());
    phase("sink", phases.sink());
    phase("commit", phases.commit());
  }

  private void phase(String phase, Duration time) {
    meters.record(QueryMeter.PHASE, time, query, phase);
  }

  private void events(EventCounts events) {
    meters.add(QueryMeter.EVENTS, events.processed(), query, "processed");
    meters.add(QueryMeter.EVENTS, events.late(), query, "late");
    meters.add(QueryMeter.EVENTS, events.deadLettered(), query, "dead_lettered");
  }

  private void operator(OperatorProgress operator) {
    String name = operator.name();
    meters.add(QueryMeter.INPUT, operator.input(), query, name);
    meters.add(QueryMeter.OPERATOR_ROWS, operator.rows(), query, name);
    meters.add(QueryMeter.JOURNAL_BYTES, operator.journalBytes(), query, name);
    meters.record(QueryMeter.CALL, operator.call(), query, name);
    meters.record(QueryMeter.PERSIST, operator.persist(), query, name);
    meters.set(QueryMeter.GROUPS, operator.state().groups(), query, name);
    meters.set(QueryMeter.STATE_BYTES, operator.state().bytes(), query, name);
    meters.set(QueryMeter.PARKED, operator.state().parked(), query, name);
    meters.set(QueryMeter.WAITING, operator.state().waiting(), query, name);
    ShardSkew skew = operator.skew();
    meters.set(QueryMeter.SKEW, skew.input(), query, name, "input");
    meters.set(QueryMeter.SKEW, skew.groups(), query, name, "groups");
    meters.set(QueryMeter.SKEW, skew.bytes(), query, name, "bytes");
    meters.set(QueryMeter.SKEW, skew.call(), query, name, "call");
  }

  void remove() {
    meters.removeAll();
  }
}
