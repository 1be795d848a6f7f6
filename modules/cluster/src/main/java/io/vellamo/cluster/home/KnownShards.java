package io.vellamo.cluster.home;

import io.vellamo.api.query.OperatorProgress;
import io.vellamo.api.query.ShardProgress;
import io.vellamo.api.query.StreamingQueryProgress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The last report of each shard of a query. The report of an epoch lists only the shards that took
 * part in it, so a handle that missed earlier ones could not show the others.
 *
 * <p><b>Cost</b> Memory of one report for each shard.
 */
final class KnownShards {
  private final Map<String, TreeMap<Integer, ShardProgress>> shards = new HashMap<>();

  /** Takes the report of an epoch. */
  void add(StreamingQueryProgress progress) {
    for (OperatorProgress operator : progress.operators()) {
      Map<Integer, ShardProgress> known =
          shards.computeIfAbsent(operator.name(), none -> new TreeMap<>());
      operator.shards().forEach(shard -> known.put(shard.shard(), shard));
    }
  }

  /** Returns the report of the last epoch with all shards. */
  StreamingQueryProgress with(StreamingQueryProgress progress) {
    return new StreamingQueryProgress(
        progress.id(),
        progress.runId(),
        progress.name(),
        progress.epoch(),
        progress.timestamp(),
        progress.duration(),
        progress.events(),
        progress.total(),
        progress.watermark(),
        progress.eventTime(),
        progress.state(),
        progress.operators().stream().map(this::withAll).toList(),
        progress.sources(),
        progress.sink(),
        progress.sinkMetrics(),
        progress.rows(),
        progress.retries(),
        progress.phases());
  }

  private OperatorProgress withAll(OperatorProgress operator) {
    TreeMap<Integer, ShardProgress> known = shards.getOrDefault(operator.name(), new TreeMap<>());
    return new OperatorProgress(
        operator.name(),
        operator.input(),
        operator.late(),
        operator.deadLettered(),
        operator.rows(),
        operator.state(),
        operator.journalBytes(),
        operator.call(),
        operator.persist(),
        operator.skew(),
        List.copyOf(known.values()));
  }
}
