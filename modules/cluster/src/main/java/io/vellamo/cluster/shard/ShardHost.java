package io.vellamo.cluster.shard;

import io.vellamo.actors.calls.FunctionCalls;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.actors.shard.ShardConfig;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.persistence.message.EpochForms;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What the shards of a query need on this node.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class ShardHost {
  private final QuerySpec spec;
  private final FunctionCalls functions;
  private final EpochForms forms;

  ShardHost(QuerySpec spec, FunctionCalls functions) {
    this.spec = spec;
    this.functions = functions;
    this.forms = new EpochForms(spec.query());
  }

  QuerySpec spec() {
    return spec;
  }

  EpochForms forms() {
    return forms;
  }

  ShardConfig config(QueryCreated created, int shard) {
    return spec.shardConfig(created, shard, functions);
  }

  /** Returns how a failure is worded. */
  String describe(Throwable failure) {
    return spec.settings().failures().describe(failure);
  }

  /** Runs the codecs of user types where the functions run. */
  <T> CompletionStage<T> convert(Callable<T> conversion) {
    CompletableFuture<T> result = new CompletableFuture<>();
    functions
        .executor()
        .execute(
            () -> {
              try {
                result.complete(conversion.call());
              } catch (Exception | Error e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }
}
