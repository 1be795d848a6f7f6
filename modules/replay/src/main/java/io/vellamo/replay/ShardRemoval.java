package io.vellamo.replay;

import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.persistence.journal.JournalOptions;
import io.vellamo.persistence.journal.PersistenceIds;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** The removal of the journals of shards that are not in effect. May be repeated. */
final class ShardRemoval {
  /** The number of journals that are removed at once. */
  private static final int PARALLEL = 8;

  private final ActorSystem<?> system;
  private final JournalOptions options;
  private final String name;
  private final QueryCreated query;

  /**
   * Creates a removal.
   *
   * @param name the query's name
   * @param query the query with the shards that are removed
   */
  ShardRemoval(ActorSystem<?> system, JournalOptions options, String name, QueryCreated query) {
    this.system = system;
    this.options = options;
    this.name = name;
    this.query = query;
  }

  CompletionStage<Done> run() {
    return Source.from(IntStream.range(0, query.allShards()).boxed().toList())
        .mapAsync(PARALLEL, this::remove)
        .runWith(Sink.ignore(), system);
  }

  private CompletionStage<Done> remove(int shard) {
    CompletableFuture<Done> removed = new CompletableFuture<>();
    JournalActors.start(
        system,
        JournalEraser.props(
            PersistenceIds.shard(name, query.layout().generation(), shard), options, removed));
    return removed;
  }
}
