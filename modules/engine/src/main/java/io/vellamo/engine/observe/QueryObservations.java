package io.vellamo.engine.observe;

import io.vellamo.api.query.HotKeys;
import io.vellamo.api.query.OperatorProgress;
import io.vellamo.api.query.QueryHealth;
import io.vellamo.api.query.ShardProgress;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.StreamingQueryStatus;
import io.vellamo.api.query.WatermarkReport;
import io.vellamo.engine.protocol.query.QueryNews;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The state of a run that is derived from its news, for its handle.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Cost</b> Memory of one report for each shard.
 */
public final class QueryObservations {
  private final HealthLimits limits;
  private final HealthRules rules;
  private final HealthClock times;
  private final Map<String, Map<Integer, ShardProgress>> shards = new LinkedHashMap<>();
  private Optional<WatermarkReport> watermark = Optional.empty();
  private List<HotKeys> hotKeys = List.of();
  private long parked;

  /**
   * Creates the observations of a run that begins.
   *
   * @param limits the bounds of its health
   * @param monotonicMillis the elapsed time now
   */
  public QueryObservations(HealthLimits limits, long monotonicMillis) {
    this.limits = limits;
    this.rules = new HealthRules(limits);
    this.times = new HealthClock(monotonicMillis);
  }

  /** Takes news, in order, at an elapsed time. */
  public synchronized void take(QueryNews news, long monotonicMillis) {
    times.take(news, monotonicMillis);
    if (news instanceof QueryNews.Progress report) {
      take(report.progress());
    } else if (news instanceof QueryNews.WatermarkMoved moved) {
      watermark = Optional.of(moved.report());
    } else if (news instanceof QueryNews.HotKeysFound found) {
      hotKeys = found.reports();
    }
  }

  private void take(StreamingQueryProgress progress) {
    parked = progress.state().parked();
    for (OperatorProgress operator : progress.operators()) {
      Map<Integer, ShardProgress> known =
          shards.computeIfAbsent(operator.name(), none -> new TreeMap<>());
      operator.shards().forEach(shard -> known.put(shard.shard(), shard));
    }
  }

  /** Returns the position of the watermark; empty if it is not known. */
  public synchronized Optional<WatermarkReport> watermark() {
    return watermark;
  }

  /** Returns the last report of each operator's hot keys. */
  public synchronized List<HotKeys> hotKeys() {
    return hotKeys;
  }

  /** Returns the last report of each shard by number, by the name of its operator. */
  public synchronized Map<String, List<ShardProgress>> shards() {
    Map<String, List<ShardProgress>> all = new LinkedHashMap<>();
    shards.forEach((operator, known) -> all.put(operator, List.copyOf(known.values())));
    return Collections.unmodifiableMap(all);
  }

  /**
   * Returns the health of the query.
   *
   * @param status the status, with an outage and long calls
   * @param isEnded whether the run has ended
   * @param failure why it has failed
   * @param at the time by the query's clock
   * @param monotonicMillis the elapsed time now
   */
  public synchronized QueryHealth health(
      StreamingQueryStatus status,
      boolean isEnded,
      Optional<StreamingQueryException> failure,
      Instant at,
      long monotonicMillis) {
    return rules.of(
        new HealthFacts(
            at,
            isEnded,
            failure,
            status,
            times.busyFor(monotonicMillis),
            times.heldFor(monotonicMillis, limits.watermarkHeldAfter()),
            watermark,
            parked));
  }
}
