package io.vellamo.engine.local;

import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.io.EpochResults;
import io.vellamo.engine.pipeline.CompiledOperator;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.pipeline.RowRouter;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.query.EpochSummary;
import io.vellamo.engine.time.SeenTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The events and rows of an attempt to run an epoch. */
final class LocalEpoch {
  private final LocalQuery query;
  private final TreeMap<Integer, EpochOutput> outputs = new TreeMap<>();
  private @Nullable RoutedEpoch routed;
  private @Nullable RowRouter rows;

  LocalEpoch(LocalQuery query) {
    this.query = query;
  }

  void routed(RoutedEpoch epoch) {
    routed = epoch;
  }

  private RoutedEpoch known() {
    if (routed == null) {
      throw new AssertionError("the epoch has not been read");
    }
    return routed;
  }

  ShardEvents events(int shard) {
    RowRouter router = rows;
    Map<Integer, ShardEvents> all =
        router == null ? known().shards() : router.shards(shard / query.shards());
    ShardEvents events = all.get(shard);
    return events == null ? new ShardEvents(false) : events;
  }

  /** Keeps the output of a shard; the first one, if it answers twice. */
  void output(int shard, EpochOutput output) {
    outputs.putIfAbsent(shard, output);
  }

  void routeRows(int operator) {
    if (rows == null) {
      rows =
          new RowRouter(
              query.compiled(), query.keyCodecs(), query.shards(), known(), query.copies());
    }
    rows.take(operator, rowsOf(operator));
  }

  EpochSummary summary() {
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    for (int shard = 0; shard < query.allShards(); shard++) {
      int events = events(shard).size();
      if (events > 0) {
        counts.put(shard, events);
      }
    }
    RoutedEpoch epoch = known();
    List<Long> late = new ArrayList<>();
    for (int place = 0; place < query.operators().size(); place++) {
      late.add(epoch.late(place) + (rows == null ? 0 : rows.late(place)));
    }
    return new EpochSummary(epoch.events(), epoch.eventTimes(), late, seen(), counts);
  }

  private List<SeenTimes> seen() {
    if (rows == null) {
      return known().seen();
    }
    List<SeenTimes> all = new ArrayList<>(rows.seen());
    for (int i = 0; i < known().seen().size(); i++) {
      if (known().seen().get(i).events() > 0) {
        all.set(i, known().seen().get(i));
      }
    }
    return all;
  }

  EpochResults results() {
    TreeMap<Integer, List<Object>> toSink = new TreeMap<>();
    for (int place = 0; place < query.operators().size(); place++) {
      CompiledOperator operator = query.compiled().operators().get(place);
      if (operator.rows().leadsToSink()) {
        toSink.putAll(rowsOf(place));
      }
    }
    TreeMap<Integer, List<DeadLetter>> letters = new TreeMap<>();
    outputs.forEach((shard, output) -> letters.put(shard, output.deadLetters()));
    List<LateEvent> late = new ArrayList<>(known().lateEvents());
    if (rows != null) {
      late.addAll(rows.lateRows());
    }
    return new EpochResults(
        known().plan().epoch(), toSink, known().rows(), letters, known().deadLetters(), late);
  }

  private SortedMap<Integer, List<Object>> rowsOf(int place) {
    TreeMap<Integer, List<Object>> all = new TreeMap<>();
    outputs
        .subMap(place * query.shards(), (place + 1) * query.shards())
        .forEach(
            (shard, output) -> {
              if (!output.rows().isEmpty()) {
                all.put(shard, output.rows());
              }
            });
    return all;
  }
}
