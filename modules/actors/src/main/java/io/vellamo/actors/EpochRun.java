package io.vellamo.actors;

import io.vellamo.actors.shard.ShardReply;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.StreamingQueryProgress.StateCounts;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.pipeline.NewestEventTime;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** One epoch on its way from plan to sink: who has still to answer, and what has come. */
final class EpochRun {
  private final RoutedEpoch routed;
  private final Instant started;
  private final Map<Integer, ShardReply.Done> done = new TreeMap<>();
  private int asked;

  EpochRun(RoutedEpoch routed, Instant started) {
    this.routed = routed;
    this.started = started;
  }

  EpochPlan plan() {
    return routed.plan();
  }

  RoutedEpoch routed() {
    return routed;
  }

  /** Notes that one more shard will answer. */
  void ask() {
    asked++;
  }

  void take(ShardReply.Done reply) {
    done.put(reply.shard(), reply);
  }

  boolean isComplete() {
    return done.size() == asked;
  }

  /** Returns the rows that a stateful operator emitted, by shard. */
  Map<Integer, List<Object>> rowsByShard() {
    Map<Integer, List<Object>> rows = new TreeMap<>();
    done.forEach((shard, reply) -> rows.put(shard, reply.rows()));
    return rows;
  }

  /** Returns the end of the epoch: its watermark moves on by the events it saw. */
  EpochCommit commit(long delayMillis) {
    Watermark watermark = plan().times().watermark();
    NewestEventTime newest = routed.newest();
    Watermark next = newest == null ? watermark : watermark.advance(newest.millis(), delayMillis);
    return new EpochCommit(plan().epoch(), next, events());
  }

  /** Returns what groups left out, by shard. */
  Map<Integer, List<DeadLetter>> deadLettersByShard() {
    Map<Integer, List<DeadLetter>> letters = new TreeMap<>();
    done.forEach((shard, reply) -> letters.put(shard, reply.deadLetters()));
    return letters;
  }

  /** Returns the fate of the epoch's events: what reached a group may still be left out there. */
  private EventCounts events() {
    long leftOut = done.values().stream().mapToLong(ShardReply.Done::deadLettered).sum();
    EventCounts events = routed.events();
    return new EventCounts(
        events.processed() - leftOut, events.late(), events.deadLettered() + leftOut);
  }

  /**
   * Returns the report of the epoch.
   *
   * @param ledger what was committed before it
   * @param table what shards keep now
   * @param rows how many rows went to the sink
   * @param now when it ended
   */
  StreamingQueryProgress progress(
      QueryLedger ledger, UUID runId, String name, ShardTable table, long rows, Instant now) {
    Watermark watermark = plan().times().watermark();
    return new StreamingQueryProgress(
        ledger.id(),
        runId,
        name,
        plan().epoch(),
        Instant.ofEpochMilli(plan().times().processingTimeMillis()),
        Duration.between(started, now),
        events(),
        ledger.total().plus(events()),
        watermark.isKnown() ? Optional.of(watermark.toInstant()) : Optional.empty(),
        routed.eventTimes(),
        stateCounts(table),
        rows);
  }

  private StateCounts stateCounts(ShardTable table) {
    long updated = done.values().stream().mapToLong(ShardReply.Done::updated).sum();
    long removed = done.values().stream().mapToLong(ShardReply.Done::removed).sum();
    return new StateCounts(table.groups(), updated, removed, table.parked(), table.waiting());
  }
}
