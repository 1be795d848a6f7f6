package io.vellamo.cluster.shard;

import io.vellamo.actors.calls.FunctionCalls;
import io.vellamo.actors.calls.SerialThread;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.actors.shard.ShardConfig;
import io.vellamo.cluster.message.Conversions;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.persistence.message.EpochForms;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * The definition of a query and the resources of this node, for the query's shards.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class ShardHost {
  private final QuerySpec spec;
  private final FunctionCalls functions;
  private final IntFunction<SerialThread> sinkThreads;
  private final EpochForms forms;
  private final AnswerForm answers;
  private final Conversions conversions;
  private final AtomicLong fencedShards = new AtomicLong();

  /**
   * Creates what the shards of a query need.
   *
   * @param functions where its functions are called
   * @param sinkThreads creates the thread that calls the sink of a shard
   */
  ShardHost(QuerySpec spec, FunctionCalls functions, IntFunction<SerialThread> sinkThreads) {
    this.spec = spec;
    this.functions = functions;
    this.sinkThreads = sinkThreads;
    this.forms = EpochForms.of(spec.query());
    this.conversions = new Conversions(functions.executor());
    this.answers = new AnswerForm(spec.query(), forms);
  }

  QuerySpec spec() {
    return spec;
  }

  EpochForms forms() {
    return forms;
  }

  /**
   * Returns the input of a shard.
   *
   * @param operator the index of the shard's operator
   * @param parts the bytes of its parts
   */
  EpochInput readInput(int operator, List<byte[]> parts) {
    List<EpochInput> inputs = parts.stream().map(part -> forms.readInput(operator, part)).toList();
    InitialGroups initial =
        inputs.stream()
            .map(EpochInput::initial)
            .filter(groups -> !groups.isEmpty())
            .findFirst()
            .orElse(InitialGroups.NONE);
    return new EpochInput(
        ShardEvents.merge(inputs.stream().map(EpochInput::events).toList()), initial);
  }

  AnswerForm answers() {
    return answers;
  }

  /** Returns a new thread for the calls of a shard's sink. */
  SerialThread sinkThread(int shard) {
    return sinkThreads.apply(shard);
  }

  /**
   * Returns the first shard of those whose rows are written where they run; -1 if rows of no
   * operator or of several lead to the sink, or if the sink has one writer.
   *
   * @param shards the number of shards of each operator
   * @param ranges the number of ranges of the sink; 0 if it has one writer
   */
  int firstWritingShard(int shards, int ranges) {
    int first = -1;
    for (int place = 0; place < spec.operators().size(); place++) {
      if (spec.query().compiled().operators().get(place).rows().leadsToSink()) {
        if (first >= 0) {
          return -1;
        }
        first = place * shards;
      }
    }
    return ranges == shards ? first : -1;
  }

  ShardConfig config(QueryCreated created, int shard) {
    return spec.shardConfig(created, shard, functions);
  }

  /** Returns how a failure is worded. */
  String describe(Throwable failure) {
    return spec.settings().failures().describe(failure);
  }

  /** Counts a shard whose journal has another owner; returns how many there have been. */
  long countFenced() {
    return fencedShards.incrementAndGet();
  }

  Conversions conversions() {
    return conversions;
  }
}
