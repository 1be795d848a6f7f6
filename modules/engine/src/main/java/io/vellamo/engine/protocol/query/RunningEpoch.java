package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.EventCounts;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to run an epoch, from its plan until its rows are at the sink: the operator that runs,
 * the shards that have yet to reply, and the replies so far.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class RunningEpoch {
  /** The step that is under way. */
  enum Step {
    /** The initial states are read. */
    INITIAL_STATES,
    /** The events are read. */
    READING,
    /** The shards of an operator have been asked, or a shard has to be opened first. */
    OPERATOR,
    /** The rows of an operator are routed. */
    ROUTING,
    /** The sinks write. */
    SINK
  }

  private final EpochPlan plan;
  private final long attempt;
  private final QuerySetup setup;
  private final long[] inputs;
  private final Map<Integer, Integer> inputsByShard = new HashMap<>();
  private final Map<Integer, Fence> asked = new HashMap<>();
  private final TreeMap<Integer, ShardReply.Done> done = new TreeMap<>();
  // Shards that have stopped before they replied.
  private final Set<Integer> lost = new HashSet<>();
  private final ShardPages pages = new ShardPages();
  // While the sinks write: the ranges that have not, and whether the writers of all shards have.
  private final Set<Integer> unwritten = new HashSet<>();
  private boolean isSinkWritten;
  private boolean lacksRows;
  private long rowsWritten;
  private Step step = Step.READING;
  private int operator;
  // Set once the events have been read.
  private @Nullable EpochSummary summary;

  RunningEpoch(EpochPlan plan, long attempt, QuerySetup setup) {
    this.plan = plan;
    this.attempt = attempt;
    this.setup = setup;
    this.inputs = new long[setup.operators()];
  }

  EpochPlan plan() {
    return plan;
  }

  long attempt() {
    return attempt;
  }

  /** Returns whether an input concerns this attempt. */
  boolean is(long ofEpoch, long ofAttempt) {
    return plan.epoch() == ofEpoch && attempt == ofAttempt;
  }

  Step step() {
    return step;
  }

  void step(Step next) {
    step = next;
  }

  EpochSummary summary() {
    if (summary == null) {
      throw new AssertionError("epoch [%d] has not been read".formatted(plan.epoch()));
    }
    return summary;
  }

  void summary(EpochSummary known) {
    summary = known;
  }

  /** Returns the index of the operator that runs. */
  int operator() {
    return operator;
  }

  /** Returns whether all operators have run. */
  boolean isAtSink() {
    return operator == setup.operators();
  }

  /** Has the sinks write, and each range. */
  void write(QueryEffects effects, int ranges) {
    writeAgain(effects);
    for (int range = 0; range < ranges; range++) {
      unwritten.add(range);
      writeRange(range, effects);
    }
  }

  /** Has a range write. */
  void writeRange(int range, QueryEffects effects) {
    effects.writeRange(range, plan.epoch(), attempt);
  }

  /** Has the sinks with one writer write again. */
  void writeAgain(QueryEffects effects) {
    effects.writeSink(plan.epoch(), attempt);
  }

  /** Discards what this attempt has read. */
  void discard(QueryEffects effects) {
    effects.discard(plan.epoch(), attempt);
  }

  boolean awaitsSink() {
    return step == Step.SINK && !isSinkWritten;
  }

  boolean awaitsRange(int range) {
    return unwritten.contains(range);
  }

  void sinkWritten(long rows) {
    isSinkWritten = true;
    rowsWritten += rows;
  }

  void rangeWritten(int range, long rows) {
    unwritten.remove(range);
    rowsWritten += rows;
  }

  /** Notes that a range can't be written, as the rows of its shards are lost. */
  void rangeLacks(int range) {
    unwritten.remove(range);
    lacksRows = true;
  }

  /** Returns whether the epoch has to be run again for the rows of a range. */
  boolean lacksRows() {
    return lacksRows;
  }

  /** Returns whether everything is written that can be. */
  boolean isWritten() {
    return isSinkWritten && unwritten.isEmpty();
  }

  /** Returns the number of rows that were written. */
  long rowsWritten() {
    return rowsWritten;
  }

  /** Returns the request for a shard of the operator, whose reply is awaited from now on. */
  ShardRequest ask(int shard, long incarnation, long owner, boolean wholeResult) {
    Fence fence = new Fence(incarnation, owner, plan.epoch(), attempt);
    asked.put(shard, fence);
    int events = summary().events(shard);
    inputs[operator] += events;
    inputsByShard.put(shard, events);
    return new ShardRequest.RunEpoch(fence, plan.times(), plan.ranges(), wholeResult);
  }

  /** Returns the request for the next page of a shard. */
  ShardRequest askForPage(int shard, int number) {
    Fence fence = Objects.requireNonNull(asked.get(shard), "fence");
    return new ShardRequest.NextPage(fence, number);
  }

  /** Returns the pages of the whole result. */
  ShardPages pages() {
    return pages;
  }

  /** Takes a reply; returns false if it is not the awaited one. */
  boolean take(ShardReply.Done reply) {
    if (!isAwaited(reply.shard(), reply.fence()) || pages.isUnderWay(reply.shard())) {
      return false;
    }
    done.put(reply.shard(), reply);
    // Its reply may arrive after the report that it has stopped.
    lost.remove(reply.shard());
    return true;
  }

  /** Notes that an activation of a shard has stopped; it probably does not reply any more. */
  void lost(int shard) {
    if (isAwaited(shard)) {
      lost.add(shard);
    }
  }

  /** Returns whether a shard has stopped before it replied. */
  boolean isLost(int shard) {
    return lost.contains(shard);
  }

  /** Returns whether a shard has stopped that has not replied. */
  boolean isLost() {
    return !lost.isEmpty();
  }

  /** Returns whether a request to a shard was sent and not answered. */
  boolean isAwaited(int shard) {
    return asked.containsKey(shard) && !done.containsKey(shard);
  }

  /** Returns whether a fence is that of an unanswered request to a shard. */
  boolean isAwaited(int shard, @Nullable Fence fence) {
    return fence != null && isAwaited(shard) && fence.equals(asked.get(shard));
  }

  /** Returns whether all shards that were asked have replied. */
  boolean isComplete() {
    return done.size() == asked.size();
  }

  /** Advances to the next operator; returns whether rows have to be routed first. */
  boolean nextOperator(int shards) {
    int before = operator;
    operator++;
    return !setup.operator(before).rows().leadsToSink() && rows(before, shards) > 0;
  }

  /** Returns the number of rows of an operator. */
  long rows(int ofOperator, int shards) {
    return done.subMap(ofOperator * shards, (ofOperator + 1) * shards).values().stream()
        .mapToLong(ShardReply.Done::rows)
        .sum();
  }

  /** Returns the number of events that went to an operator. */
  long inputs(int ofOperator) {
    return inputs[ofOperator];
  }

  /** Returns the number of events that went to a shard. */
  long inputsOf(int shard) {
    return inputsByShard.getOrDefault(shard, 0);
  }

  /** Returns the replies of some shards. */
  Iterable<ShardReply.Done> replies(int from, int until) {
    return done.subMap(from, until).values();
  }

  /**
   * Returns the counts of the epoch's events; those that a group left out count as dead letters.
   */
  EventCounts events() {
    long leftOut = done.values().stream().mapToLong(ShardReply.Done::deadLettered).sum();
    EventCounts events = summary().events();
    return new EventCounts(
        events.processed() - leftOut, events.late(), events.deadLettered() + leftOut);
  }
}
