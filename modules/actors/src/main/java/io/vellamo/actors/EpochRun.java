package io.vellamo.actors;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.OperatorProgress;
import io.vellamo.api.query.SourceProgress;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.StreamingQueryProgress.StateCounts;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.io.EpochResults;
import io.vellamo.engine.pipeline.CompiledOperator;
import io.vellamo.engine.pipeline.QueryInputs;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.pipeline.RowRouter;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An epoch in progress from plan to sink: the operator that runs, the shards that have yet to
 * answer, and the answers so far.
 */
final class EpochRun {
  private final QuerySpec spec;
  private final int shards;
  private final RoutedEpoch routed;
  private final long startedMillis;
  private final TreeMap<Integer, ShardReply.Done> done = new TreeMap<>();
  private final TreeMap<Integer, EpochOutput> outputs = new TreeMap<>();
  private final long[] inputs;

  // Set when the rows of an operator first go to another operator.
  private @Nullable RowRouter rows;
  private int operator;
  private int asked;

  /**
   * Creates an epoch whose first operator comes next.
   *
   * @param shards the number of shards of each operator
   * @param startedMillis when it began, by the clock's monotonic time
   */
  EpochRun(QuerySpec spec, int shards, RoutedEpoch routed, long startedMillis) {
    this.spec = spec;
    this.shards = shards;
    this.routed = routed;
    this.startedMillis = startedMillis;
    this.inputs = new long[spec.operators().size()];
  }

  EpochPlan plan() {
    return routed.plan();
  }

  RoutedEpoch routed() {
    return routed;
  }

  /** Returns whether all operators have run. */
  boolean isAtSink() {
    return operator == spec.operators().size();
  }

  /** Returns the first shard of the next operator. */
  int firstShard() {
    return operator * shards;
  }

  /** Returns the events for a shard of that operator. */
  ShardEvents events(int shard) {
    RowRouter routedRows = rows;
    Map<Integer, ShardEvents> all =
        routedRows == null ? routed.shards() : routedRows.shards(operator);
    ShardEvents events = all.get(shard);
    return events == null ? new ShardEvents(false) : events;
  }

  /** Notes that one more shard of that operator gets events and will answer. */
  void ask(ShardEvents events) {
    asked++;
    inputs[operator] += events.size();
  }

  void take(ShardReply.Done reply, EpochOutput output) {
    done.put(reply.shard(), reply);
    outputs.put(reply.shard(), output);
  }

  /** Returns whether all shards that were asked have answered. */
  boolean isComplete() {
    return done.size() == asked;
  }

  /** Advances to the next operator; returns whether rows have to be routed first. */
  boolean nextOperator() {
    operator++;
    return !compiled(operator - 1).rows().leadsToSink() && !rowsOf(operator - 1).isEmpty();
  }

  /** Routes the rows of the preceding operator; may take a while. */
  void routeRows() {
    if (rows == null) {
      rows = new RowRouter(spec.compiled(), spec.keyCodecs(), shards, routed, spec.eventCopies());
    }
    rows.take(operator - 1, rowsOf(operator - 1));
  }

  /** Returns the data that goes to the sinks. */
  EpochResults results() {
    return new EpochResults(
        plan().epoch(),
        rowsToSink(),
        routed.rows(),
        deadLettersByShard(),
        routed.deadLetters(),
        lateEvents());
  }

  private SortedMap<Integer, List<DeadLetter>> deadLettersByShard() {
    TreeMap<Integer, List<DeadLetter>> letters = new TreeMap<>();
    outputs.forEach((shard, output) -> letters.put(shard, output.deadLetters()));
    return letters;
  }

  /**
   * Returns the counts of the epoch's events; those that a group left out count as dead letters.
   */
  EventCounts events() {
    long leftOut = done.values().stream().mapToLong(ShardReply.Done::deadLettered).sum();
    EventCounts events = routed.events();
    return new EventCounts(
        events.processed() - leftOut, events.late(), events.deadLettered() + leftOut);
  }

  private SortedMap<Integer, List<Object>> rowsToSink() {
    TreeMap<Integer, List<Object>> all = new TreeMap<>();
    for (int place = 0; place < spec.operators().size(); place++) {
      if (compiled(place).rows().leadsToSink()) {
        all.putAll(rowsOf(place));
      }
    }
    return all;
  }

  private List<LateEvent> lateEvents() {
    RowRouter routedRows = rows;
    if (routedRows == null) {
      return routed.lateEvents();
    }
    List<LateEvent> all = new ArrayList<>(routed.lateEvents());
    all.addAll(routedRows.lateRows());
    return all;
  }

  /** Returns the event times that each watermark saw; empty if none saw any. */
  List<SeenTimes> seen() {
    RowRouter routedRows = rows;
    if (routedRows == null) {
      return routed.seen();
    }
    List<SeenTimes> all = new ArrayList<>(routedRows.seen());
    for (int i = 0; i < routed.seen().size(); i++) {
      if (routed.seen().get(i).events() > 0) {
        all.set(i, routed.seen().get(i));
      }
    }
    return all;
  }

  /**
   * Returns the report of the epoch.
   *
   * @param ledger the ledger before the epoch's commit
   * @param table what the shards keep now
   * @param written how many rows went to the sink
   */
  StreamingQueryProgress progress(QueryLedger ledger, UUID runId, ShardTable table, long written) {
    EpochTimes times = plan().times();
    Watermark watermark = times.watermark();
    EventCounts events = events();
    return new StreamingQueryProgress(
        ledger.id(),
        runId,
        spec.name(),
        times.epoch(),
        Instant.ofEpochMilli(times.processingTimeMillis()),
        Duration.ofMillis(spec.clock().monotonicMillis() - startedMillis),
        events,
        ledger.total().plus(events),
        watermark.isKnown() ? Optional.of(watermark.toInstant()) : Optional.empty(),
        routed.eventTimes(),
        counts(table, 0, shards * spec.operators().size()),
        operators(table),
        sources(),
        spec.sinkDescription(),
        written);
  }

  private List<SourceProgress> sources() {
    List<String> sources = spec.names().sources();
    List<SourceProgress> all = new ArrayList<>();
    for (int input = 0; input < sources.size(); input++) {
      int place = input;
      List<OffsetRange> ranges =
          plan().ranges().stream()
              .filter(range -> QueryInputs.inputOf(range.partition(), sources.size()) == place)
              .toList();
      all.add(new SourceProgress(sources.get(input), ranges));
    }
    return all;
  }

  private List<OperatorProgress> operators(ShardTable table) {
    List<OperatorProgress> all = new ArrayList<>();
    for (int place = 0; place < spec.operators().size(); place++) {
      long emitted = rowsOf(place).values().stream().mapToLong(List::size).sum();
      all.add(
          new OperatorProgress(
              compiled(place).operator().name(),
              inputs[place],
              late(place),
              emitted,
              counts(table, place * shards, (place + 1) * shards)));
    }
    return all;
  }

  private long late(int place) {
    RowRouter routedRows = rows;
    return routed.late(place) + (routedRows == null ? 0 : routedRows.late(place));
  }

  private StateCounts counts(ShardTable table, int from, int until) {
    long updated = 0;
    long removed = 0;
    for (ShardReply.Done reply : done.subMap(from, until).values()) {
      updated += reply.updated();
      removed += reply.removed();
    }
    return new StateCounts(
        table.groups(from, until),
        updated,
        removed,
        table.parked(from, until),
        table.waiting(from, until));
  }

  private SortedMap<Integer, List<Object>> rowsOf(int place) {
    TreeMap<Integer, List<Object>> all = new TreeMap<>();
    outputs
        .subMap(place * shards, (place + 1) * shards)
        .forEach(
            (shard, output) -> {
              if (!output.rows().isEmpty()) {
                all.put(shard, output.rows());
              }
            });
    return all;
  }

  private CompiledOperator compiled(int place) {
    return spec.compiled().operators().get(place);
  }
}
