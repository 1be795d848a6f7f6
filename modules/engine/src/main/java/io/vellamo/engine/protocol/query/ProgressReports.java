package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.EpochPhases;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.SourceProgress;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.pipeline.QueryInputs;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reports of a query's epochs. */
final class ProgressReports {
  private final QuerySetup setup;

  ProgressReports(QuerySetup setup) {
    this.setup = setup;
  }

  /**
   * Returns the report of an epoch.
   *
   * @param ledger the ledger before the epoch's commit
   * @param table what the shards keep after the epoch
   * @param took the time from its plan until the sinks had written
   * @param written how many rows went to the sink
   * @param retries how many failed calls were made again
   * @param metrics what sources and sink report
   */
  StreamingQueryProgress of(
      RunningEpoch epoch,
      QueryLedger ledger,
      ShardTable table,
      Duration took,
      long written,
      long retries,
      ConnectorMetrics metrics) {
    EpochTimes times = epoch.plan().times();
    Watermark watermark = times.watermark();
    EventCounts events = epoch.events();
    OperatorReports operators = new OperatorReports(setup, epoch, ledger.shards(), table);
    return new StreamingQueryProgress(
        ledger.id(),
        setup.runId(),
        setup.name(),
        times.epoch(),
        Instant.ofEpochMilli(times.processingTimeMillis()),
        took,
        events,
        ledger.total().plus(events),
        watermark.isKnown() ? Optional.of(watermark.toInstant()) : Optional.empty(),
        epoch.summary().eventTimes(),
        operators.state(),
        operators.all(),
        sources(epoch, metrics),
        setup.sink(),
        metrics.sink(),
        written,
        retries,
        EpochPhases.NONE);
  }

  /** Returns the report of an epoch that is committed now, with what is known only now. */
  static StreamingQueryProgress with(
      StreamingQueryProgress report, long moreRetries, EpochPhases phases) {
    return new StreamingQueryProgress(
        report.id(),
        report.runId(),
        report.name(),
        report.epoch(),
        report.timestamp(),
        report.duration(),
        report.events(),
        report.total(),
        report.watermark(),
        report.eventTime(),
        report.state(),
        report.operators(),
        report.sources(),
        report.sink(),
        report.sinkMetrics(),
        report.rows(),
        report.retries() + moreRetries,
        phases);
  }

  private List<SourceProgress> sources(RunningEpoch epoch, ConnectorMetrics metrics) {
    List<String> sources = setup.sources();
    List<SourceProgress> all = new ArrayList<>();
    for (int input = 0; input < sources.size(); input++) {
      int index = input;
      List<OffsetRange> ranges =
          epoch.plan().ranges().stream()
              .filter(range -> QueryInputs.inputOf(range.partition(), sources.size()) == index)
              .toList();
      all.add(
          new SourceProgress(
              sources.get(input), ranges, metrics.lag(input), metrics.source(input)));
    }
    return all;
  }
}
