package io.vellamo.engine.io;

import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.Route;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.pipeline.RowRouter;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.EpochOutput.InPages;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.query.EpochSummary;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.SeenTimes;
import io.vellamo.engine.time.Watermark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The events and rows of one attempt to run an epoch: what the shards get and give, until it goes
 * to the sinks.
 *
 * <p>The protocol knows of them only the counts and event times that this class returns as values.
 * Which shard is asked, and whether its reply belongs to this attempt, is decided there.
 *
 * <p><b>Order</b> Operator by operator, by their places: the input of its shards, their outputs,
 * then {@link #routeRows}; at the end {@link #results}. The counts of late events and the event
 * times are complete once the rows of the last operator are routed.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Failure</b> An attempt whose rows can't be routed is incomplete. Another attempt has to
 * read the epoch again, because routed rows are added to the events that were read.
 */
public final class EpochData {
  private final PreparedQuery query;
  private final int shards;
  private final RoutedEpoch routed;
  private final List<InitialGroups> initial;
  private final TreeMap<Integer, ShardEvents> events;
  private final TreeMap<Integer, List<Object>> rows = new TreeMap<>();
  private final TreeMap<Integer, InPages> inPages = new TreeMap<>();
  // By shard: a page that has arrived and has not been taken.
  private final Map<Integer, ResultPage> pages = new HashMap<>();
  private final TreeMap<Integer, List<DeadLetter>> deadLetters = new TreeMap<>();
  // Null until rows of an operator go to another operator.
  private @Nullable RowRouter router;

  /**
   * Creates an attempt that no shard has begun.
   *
   * @param shards the number of shards of each operator
   * @param routed the epoch's events
   * @param initial the states that groups have before the query's first epoch, for each shard of
   *     each operator; not used in later ones, which may be read while the first runs
   */
  public EpochData(
      PreparedQuery query, int shards, RoutedEpoch routed, List<InitialGroups> initial) {
    this.query = query;
    this.shards = shards;
    this.routed = routed;
    this.initial = routed.plan().epoch() == 1 ? List.copyOf(initial) : List.of();
    this.events = new TreeMap<>(routed.shards());
  }

  /**
   * Creates an instance for rows that shards send again after the query has committed the epoch.
   *
   * @param shards the number of shards of each operator
   */
  public static EpochData ofRows(PreparedQuery query, int shards, long epoch) {
    EpochTimes times = new EpochTimes(epoch, 0, Watermark.NONE, Watermark.NONE);
    RoutedEpoch nothing = RoutedEpoch.withoutData(new EpochPlan(List.of(), times));
    return new EpochData(query, shards, nothing, List.of());
  }

  /** Returns the epoch. */
  public EpochPlan plan() {
    return routed.plan();
  }

  /**
   * Returns the input of a shard, as far as it is here: events that are kept by readers are not
   * part of it. It has no events if none are for the shard.
   */
  public EpochInput input(int shard) {
    Objects.checkIndex(shard, firstShard(query.operators().size()));
    ShardEvents known = events.get(shard);
    return new EpochInput(
        known == null ? new ShardEvents(false) : known,
        initial.isEmpty() ? InitialGroups.NONE : initial.get(shard));
  }

  /** Takes the output of a shard, or a page, which is kept until {@link #page} or the next one. */
  public void take(ShardReply reply, EpochOutput output) {
    if (reply instanceof ShardReply.Page page) {
      pages.put(
          page.shard(),
          new ResultPage(page.fence().attempt(), page.shard(), page.number(), output.rows()));
    } else {
      take(reply.shard(), output);
    }
  }

  /** Takes the output of a shard; if it answers more than once, the first one. */
  public void take(int shard, EpochOutput output) {
    Objects.checkIndex(shard, firstShard(query.operators().size()));
    pages.remove(shard);
    if (rows.putIfAbsent(shard, output.rows()) == null && output.inPages() != null) {
      inPages.put(shard, output.inPages());
    }
    deadLetters.putIfAbsent(shard, output.deadLetters());
  }

  /** Removes and returns the page of a shard that has arrived last, which must have a number. */
  public ResultPage page(int shard, int number) {
    ResultPage page = pages.remove(shard);
    if (page == null || page.number() != number) {
      throw new AssertionError("page [%d] of shard [%d] must be kept".formatted(number, shard));
    }
    return page;
  }

  /** Returns whether an operator emitted rows that have to be routed to another operator. */
  public boolean hasRowsToRoute(int place) {
    return !route(place).leadsToSink()
        && rowsOf(place).values().stream().anyMatch(some -> !some.isEmpty());
  }

  /**
   * Routes the rows of an operator to the next one and forgets them; does nothing if there are none
   * to be routed.
   *
   * <p><b>Cost</b> Calls user code; may take a while.
   *
   * @throws io.vellamo.engine.pipeline.RowFailure if a user's function throws
   */
  public void routeRows(int place) {
    if (!hasRowsToRoute(place)) {
      return;
    }
    RowRouter current = router;
    if (current == null) {
      current =
          new RowRouter(query.compiled(), query.keyCodecs(), shards, routed, query.eventCopies());
      router = current;
    }
    current.take(place, rowsOf(place));
    rowsOf(place).replaceAll((shard, some) -> List.of());
    events.putAll(current.shards(route(place).target()));
  }

  /** Returns the rows that lead to the sink, by shard, once all operators have run. */
  public SortedMap<Integer, List<Object>> rowsToSink() {
    TreeMap<Integer, List<Object>> toSink = new TreeMap<>();
    for (int place = 0; place < query.operators().size(); place++) {
      if (route(place).leadsToSink()) {
        toSink.putAll(rowsOf(place));
      }
    }
    return toSink;
  }

  /** Returns the data that goes to the sinks, once all operators have run. */
  public EpochResults results() {
    return new EpochResults(
        plan().epoch(),
        rowsToSink(),
        new TreeMap<>(inPages),
        routed.rows(),
        new TreeMap<>(deadLetters),
        routed.deadLetters(),
        lateEvents());
  }

  /** Returns what the query's machine has to know of this attempt, as far as it has come. */
  public EpochSummary summary() {
    RowRouter current = router;
    List<Long> late = new ArrayList<>();
    for (int place = 0; place < query.operators().size(); place++) {
      late.add(routed.late(place) + (current == null ? 0 : current.late(place)));
    }
    TreeMap<Integer, Integer> sizes = new TreeMap<>(routed.elsewhere());
    events.forEach((shard, some) -> sizes.merge(shard, some.sizeBeforeReduction(), Integer::sum));
    return new EpochSummary(routed.events(), routed.eventTimes(), late, seen(), sizes);
  }

  /**
   * Returns the event times that each watermark saw, by number; empty for an epoch without data
   * whose rows all go to the sink.
   */
  private List<SeenTimes> seen() {
    RowRouter current = router;
    if (current == null) {
      return routed.seen();
    }
    List<SeenTimes> all = new ArrayList<>(current.seen());
    // A watermark follows either a source or the rows of an operator.
    for (int i = 0; i < routed.seen().size(); i++) {
      if (routed.seen().get(i).events() > 0) {
        all.set(i, routed.seen().get(i));
      }
    }
    return List.copyOf(all);
  }

  private List<LateEvent> lateEvents() {
    RowRouter current = router;
    if (current == null) {
      return routed.lateEvents();
    }
    List<LateEvent> all = new ArrayList<>(routed.lateEvents());
    all.addAll(current.lateRows());
    return all;
  }

  /** Returns the rows of an operator by shard, as a view. */
  private Map<Integer, List<Object>> rowsOf(int place) {
    return rows.subMap(firstShard(place), firstShard(place + 1));
  }

  private Route route(int place) {
    return query.compiled().operators().get(place).rows();
  }

  private int firstShard(int place) {
    return place * shards;
  }
}
