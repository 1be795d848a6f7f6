package io.vellamo.actors.local;

import io.vellamo.actors.shard.ShardAnswer;
import io.vellamo.actors.shard.ShardCommand;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.shard.ShardDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Access to the shards of running queries from outside. */
final class LiveShards {
  /**
   * The shards of a query that runs.
   *
   * @param shards the shards, by number
   * @param ended completes when the query has ended and its shards no longer answer
   */
  record Found(List<ActorRef<ShardCommand>> shards, CompletionStage<Void> ended) {
    /** The answer for a query that does not run. */
    static final Found NONE = new Found(List.of(), CompletableFuture.completedStage(null));
  }

  /** The longest wait for a shard, which answers once it has recovered, between two messages. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ActorSystem<?> system;
  private final ActorRef<QueriesCommand> queries;
  private final QueryRegistry registry;
  private final Executor callbacks;

  /**
   * Creates the access.
   *
   * @param callbacks runs users' callbacks
   */
  LiveShards(
      ActorSystem<?> system,
      ActorRef<QueriesCommand> queries,
      QueryRegistry registry,
      Executor callbacks) {
    this.system = system;
    this.queries = queries;
    this.registry = registry;
    this.callbacks = callbacks;
  }

  /** Returns the digests of a query's shards, by number; none if it does not run. */
  CompletionStage<List<ShardDigest>> digests(String name) {
    CompletableFuture<Found> found = new CompletableFuture<>();
    registry.closed().whenComplete((ok, failure) -> found.complete(Found.NONE));
    queries.tell(new QueriesCommand.Shards(name, found));
    return found.thenCompose(this::ask).thenApplyAsync(digests -> digests, callbacks);
  }

  private CompletionStage<List<ShardDigest>> ask(Found found) {
    CompletionStage<List<ShardDigest>> all =
        CompletableFuture.completedStage(new ArrayList<>(found.shards().size()));
    for (ActorRef<ShardCommand> shard : found.shards()) {
      CompletionStage<ShardDigest> next =
          AskPattern.<ShardCommand, ShardAnswer>ask(
                  shard,
                  replyTo -> new ShardCommand.Request(new ShardRequest.Digest(0), replyTo),
                  PATIENCE,
                  system.scheduler())
              .thenApplyAsync(LiveShards::digest, callbacks);
      all =
          all.thenCombine(
              next,
              (digests, digest) -> {
                digests.add(digest);
                return digests;
              });
    }
    CompletableFuture<List<ShardDigest>> answer = new CompletableFuture<>();
    all.whenComplete(
        (digests, failure) -> {
          if (failure == null) {
            answer.complete(digests);
          } else {
            answer.completeExceptionally(Failures.unwrap(failure));
          }
        });
    // No digests, and so no comparison, if the query ends first.
    found.ended().whenComplete((ok, failure) -> answer.complete(List.of()));
    return answer;
  }

  private static ShardDigest digest(ShardAnswer answer) {
    if (answer.reply() instanceof ShardReply.Digested digested) {
      return digested.digest();
    }
    throw new IllegalStateException(((ShardReply.Failed) answer.reply()).failure().message());
  }
}
