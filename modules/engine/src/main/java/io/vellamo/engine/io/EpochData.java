package io.vellamo.engine.io;

import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.group.EventCopies;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.pipeline.RowRouter;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.query.EpochSummary;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.time.SeenTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The events and rows of an attempt to run an epoch, which do not pass through the query's machine.
 *
 * <p><b>Order</b> The outputs of an operator's shards, then {@link #routeRows}, then the inputs of
 * the operators downstream.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
public final class EpochData {
  private final CompiledQuery query;
  private final List<KeyCodec> keyCodecs;
  private final EventCopies copies;
  private final int shards;
  private final RoutedEpoch routed;
  private final List<InitialGroups> initial;
  private final TreeMap<Integer, EpochOutput> outputs = new TreeMap<>();

  // Set when the rows of an operator first go to another operator.
  private @Nullable RowRouter rows;

  /**
   * Creates the data of an epoch that has been read.
   *
   * @param keyCodecs the key codecs of the query's operators
   * @param copies protects rows from modification by user functions
   * @param shards the number of shards of each operator
   * @param initial the initial states, by shard; empty except in a query's first epoch
   */
  public EpochData(
      CompiledQuery query,
      List<KeyCodec> keyCodecs,
      EventCopies copies,
      int shards,
      RoutedEpoch routed,
      List<InitialGroups> initial) {
    this.query = query;
    this.keyCodecs = keyCodecs;
    this.copies = copies;
    this.shards = shards;
    this.routed = routed;
    this.initial = initial;
  }

  /** Returns what a shard gets. */
  public EpochInput input(int shard) {
    ShardEvents events = events(shard / shards).get(shard);
    return new EpochInput(
        events == null ? new ShardEvents(false) : events,
        initial.isEmpty() ? InitialGroups.NONE : initial.get(shard));
  }

  private Map<Integer, ShardEvents> events(int operator) {
    return rows == null ? routed.shards() : rows.shards(operator);
  }

  /** Takes what a shard gives. */
  public void take(int shard, EpochOutput output) {
    outputs.put(shard, output);
  }

  /** Routes the rows of an operator to the operators downstream; may take a while. */
  public void routeRows(int operator) {
    if (rows == null) {
      rows = new RowRouter(query, keyCodecs, shards, routed, copies);
    }
    rows.take(operator, rowsOf(operator));
  }

  private SortedMap<Integer, List<Object>> rowsOf(int operator) {
    TreeMap<Integer, List<Object>> all = new TreeMap<>();
    outputs
        .subMap(operator * shards, (operator + 1) * shards)
        .forEach(
            (shard, output) -> {
              if (!output.rows().isEmpty()) {
                all.put(shard, output.rows());
              }
            });
    return all;
  }

  /** Returns what the query's machine has to know. */
  public EpochSummary summary() {
    int operators = query.operators().size();
    List<Long> late = new ArrayList<>();
    TreeMap<Integer, Integer> events = new TreeMap<>();
    for (int operator = 0; operator < operators; operator++) {
      late.add(routed.late(operator) + (rows == null ? 0 : rows.late(operator)));
      events(operator).forEach((shard, some) -> events.put(shard, some.size()));
    }
    return new EpochSummary(routed.events(), routed.eventTimes(), late, seen(), events);
  }

  /** Returns the event times that each watermark saw; empty if none saw any. */
  private List<SeenTimes> seen() {
    if (rows == null) {
      return routed.seen();
    }
    List<SeenTimes> all = new ArrayList<>(rows.seen());
    for (int i = 0; i < routed.seen().size(); i++) {
      if (routed.seen().get(i).events() > 0) {
        all.set(i, routed.seen().get(i));
      }
    }
    return all;
  }

  /** Returns what goes to the sinks. */
  public EpochResults results() {
    TreeMap<Integer, List<Object>> toSink = new TreeMap<>();
    for (int operator = 0; operator < query.operators().size(); operator++) {
      if (query.operators().get(operator).rows().leadsToSink()) {
        toSink.putAll(rowsOf(operator));
      }
    }
    TreeMap<Integer, List<DeadLetter>> letters = new TreeMap<>();
    outputs.forEach((shard, output) -> letters.put(shard, output.deadLetters()));
    return new EpochResults(
        routed.plan().epoch(), toSink, routed.rows(), letters, routed.deadLetters(), lateEvents());
  }

  private List<LateEvent> lateEvents() {
    if (rows == null) {
      return routed.lateEvents();
    }
    List<LateEvent> all = new ArrayList<>(routed.lateEvents());
    all.addAll(rows.lateRows());
    return all;
  }
}
