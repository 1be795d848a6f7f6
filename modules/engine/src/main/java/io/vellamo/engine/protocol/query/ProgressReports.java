package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.OperatorProgress;
import io.vellamo.api.query.SourceProgress;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.StreamingQueryProgress.StateCounts;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.pipeline.QueryInputs;
import io.vellamo.engine.protocol.ShardReply;
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
   * @param durationMillis how long it took
   * @param written how many rows went to the sink
   * @param retries how many failed calls were made again
   * @param metrics what sources and sink report
   */
  StreamingQueryProgress of(
      RunningEpoch epoch,
      QueryLedger ledger,
      ShardTable table,
      long durationMillis,
      long written,
      long retries,
      ConnectorMetrics metrics) {
    EpochTimes times = epoch.plan().times();
    Watermark watermark = times.watermark();
    EventCounts events = epoch.events();
    return new StreamingQueryProgress(
        ledger.id(),
        setup.runId(),
        setup.name(),
        times.epoch(),
        Instant.ofEpochMilli(times.processingTimeMillis()),
        Duration.ofMillis(durationMillis),
        events,
        ledger.total().plus(events),
        watermark.isKnown() ? Optional.of(watermark.toInstant()) : Optional.empty(),
        epoch.summary().eventTimes(),
        counts(epoch, table, 0, table.size()),
        operators(epoch, ledger.shards(), table),
        sources(epoch, metrics),
        setup.sink(),
        metrics.sink(),
        written,
        retries);
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
      all.add(new SourceProgress(sources.get(input), ranges, metrics.source(input)));
    }
    return all;
  }

  private List<OperatorProgress> operators(RunningEpoch epoch, int shards, ShardTable table) {
    List<OperatorProgress> all = new ArrayList<>();
    for (int index = 0; index < setup.operators(); index++) {
      all.add(
          new OperatorProgress(
              setup.operatorName(index),
              epoch.inputs(index),
              epoch.summary().late(index),
              epoch.rows(index, shards),
              counts(epoch, table, index * shards, (index + 1) * shards)));
    }
    return all;
  }

  private static StateCounts counts(RunningEpoch epoch, ShardTable table, int from, int until) {
    long updated = 0;
    long removed = 0;
    for (ShardReply.Done reply : epoch.replies(from, until)) {
      updated += reply.updated();
      removed += reply.removed();
    }
    return new StateCounts(
        table.groups(from, until),
        updated,
        removed,
        table.parked(from, until),
        table.waiting(from, until),
        table.bytes(from, until));
  }
}
