package io.vellamo.actors;

import io.vellamo.actors.shard.ShardCommand;
import io.vellamo.engine.shard.ShardDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** The shards of running queries, seen from outside. */
final class LiveShards {
  /** A shard answers once it has recovered, between two messages. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ActorSystem<?> system;
  private final ActorRef<Queries.Command> queries;

  LiveShards(ActorSystem<?> system, ActorRef<Queries.Command> queries) {
    this.system = system;
    this.queries = queries;
  }

  /** Returns the digests of a query's shards, by number; none if it does not run. */
  CompletionStage<List<ShardDigest>> digests(String name) {
    CompletableFuture<List<ActorRef<ShardCommand>>> shards = new CompletableFuture<>();
    queries.tell(new Queries.Command.Shards(name, shards));
    return shards.thenCompose(this::ask);
  }

  private CompletionStage<List<ShardDigest>> ask(List<ActorRef<ShardCommand>> shards) {
    CompletionStage<List<ShardDigest>> all =
        CompletableFuture.completedStage(new ArrayList<>(shards.size()));
    for (ActorRef<ShardCommand> shard : shards) {
      CompletionStage<ShardDigest> next =
          AskPattern.ask(
              shard,
              (ActorRef<ShardDigest> replyTo) -> new ShardCommand.Digest(replyTo),
              PATIENCE,
              system.scheduler());
      all =
          all.thenCombine(
              next,
              (digests, digest) -> {
                digests.add(digest);
                return digests;
              });
    }
    return all;
  }
}
