package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.OperatorProgress;
import io.vellamo.api.query.ShardProgress;
import io.vellamo.api.query.ShardSkew;
import io.vellamo.api.query.StreamingQueryProgress.StateCounts;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The reports of an epoch's operators and shards.
 *
 * @param setup the query
 * @param epoch the epoch, whose operators have run
 * @param shards the number of shards of each operator
 * @param table what the shards keep after the epoch
 */
record OperatorReports(QuerySetup setup, RunningEpoch epoch, int shards, ShardTable table) {
  /** Returns the report of each operator. */
  List<OperatorProgress> all() {
    List<OperatorProgress> all = new ArrayList<>();
    for (int index = 0; index < setup.operators(); index++) {
      all.add(of(index));
    }
    return all;
  }

  /** Returns the groups of all operators. */
  StateCounts state() {
    return state(0, table.size());
  }

  private OperatorProgress of(int index) {
    int from = index * shards;
    int until = from + shards;
    List<ShardProgress> parts = new ArrayList<>();
    long deadLettered = 0;
    for (ShardReply.Done reply : epoch.replies(from, until)) {
      parts.add(shard(reply, from));
      deadLettered += reply.deadLettered();
    }
    return new OperatorProgress(
        setup.operatorName(index),
        epoch.inputs(index),
        epoch.summary().late(index),
        deadLettered,
        epoch.rows(index, shards),
        state(from, until),
        sum(parts, ShardProgress::journalBytes),
        Duration.ofNanos(sum(parts, OperatorReports::callNanos)),
        Duration.ofNanos(sum(parts, part -> part.persist().toNanos())),
        new ShardSkew(
            skew(parts, ShardProgress::input),
            ratio(table.mostGroups(from, until), table.groups(from, until)),
            ratio(table.mostBytes(from, until), table.bytes(from, until)),
            skew(parts, OperatorReports::callNanos)),
        parts);
  }

  private ShardProgress shard(ShardReply.Done reply, int from) {
    ShardWork work = reply.work();
    return new ShardProgress(
        reply.shard() - from,
        epoch.inputsOf(reply.shard()),
        reply.rows(),
        work.calls(),
        reply.size().groups(),
        reply.size().bytes(),
        work.journalBytes(),
        Duration.ofNanos(work.callNanos()),
        Duration.ofNanos(work.persistNanos()));
  }

  private StateCounts state(int from, int until) {
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

  private static long callNanos(ShardProgress part) {
    return part.call().toNanos();
  }

  private static long sum(List<ShardProgress> parts, ToLongFunction<ShardProgress> number) {
    return parts.stream().mapToLong(number).sum();
  }

  private double skew(List<ShardProgress> parts, ToLongFunction<ShardProgress> number) {
    return ratio(parts.stream().mapToLong(number).max().orElse(0), sum(parts, number));
  }

  /** Returns the largest part divided by the mean of all shards. */
  private double ratio(long most, long all) {
    return all <= 0 ? 0 : (double) most * shards / all;
  }
}
