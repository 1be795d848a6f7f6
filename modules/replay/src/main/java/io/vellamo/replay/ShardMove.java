package io.vellamo.replay;

import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.ShardLayout;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.persistence.journal.JournalOptions;
import io.vellamo.persistence.journal.PersistenceIds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * A copy of all groups of a query into the journals of other shards. The shards that are in effect
 * are only read.
 *
 * <p><b>Cost</b> Holds one of the shards that are read at a time.
 */
final class ShardMove {
  /** The number of journals that are written at once. */
  private static final int PARALLEL = 8;

  private final ActorSystem<?> system;
  private final JournalOptions options;
  private final JournalReader reader;
  private final QueryAccess query;
  private final QueryCreated target;
  private final List<NewShard> shards = new ArrayList<>();
  private final List<ActorRef> appenders = new ArrayList<>();
  private final List<CompletableFuture<Done>> opened = new ArrayList<>();

  /**
   * Creates a move.
   *
   * @param query the query with the shards that are read
   * @param layout the shards to which the groups are moved, whose journals have never had a record
   * @param incarnation the number of starts of the query, including this change
   */
  ShardMove(
      ActorSystem<?> system,
      JournalOptions options,
      JournalReader reader,
      QueryAccess query,
      ShardLayout layout,
      long incarnation) {
    this.system = system;
    this.options = options;
    this.reader = reader;
    this.query = query;
    this.target = query.scan().created().with(layout);
    for (int shard = 0; shard < target.allShards(); shard++) {
      shards.add(new NewShard(options.limits(), incarnation, layout.beginsWith()));
    }
  }

  /** Moves all groups; returns what was read. */
  CompletionStage<ReshardSurvey> run(ReplayProgress progress) {
    ReshardSurvey survey =
        new ReshardSurvey(query.scan().created(), target, target.layout().beginsWith());
    return open()
        .thenCompose(done -> eachTarget(shard -> append(shard, shards.get(shard).begin())))
        .thenCompose(
            done ->
                reader.eachShard(
                    query.shards(),
                    progress,
                    shard -> recover(shard).thenCompose(ledger -> move(shard, ledger, survey))))
        .thenCompose(done -> eachTarget(shard -> append(shard, shards.get(shard).end())))
        .thenApply(done -> survey)
        .whenComplete((done, failure) -> close());
  }

  private CompletionStage<Done> open() {
    for (int shard = 0; shard < target.allShards(); shard++) {
      CompletableFuture<Done> ready = new CompletableFuture<>();
      opened.add(ready);
      appenders.add(
          JournalActors.start(
              system,
              JournalAppender.props(
                  PersistenceIds.shard(query.name(), target.layout().generation(), shard),
                  options,
                  ShardMove::refuse,
                  ready)));
    }
    return eachTarget(opened::get);
  }

  private static void refuse(Object record) {
    throw new IllegalStateException(
        "The journal of a new shard must be empty, has a record [%s]; run the command again"
            .formatted(record.getClass().getSimpleName()));
  }

  private CompletionStage<ShardLedger> recover(int shard) {
    return RecoveryStart.of(system, options, query.idOf(shard))
        .thenCompose(
            start -> {
              RecoveredShard recovered =
                  new RecoveredShard(
                      start, new ShardLedger(query.scan().created().operatorOf(shard).timeout()));
              return reader.shard(query.idOf(shard), recovered).thenApply(done -> recovered.end());
            });
  }

  private CompletionStage<Done> move(int shard, ShardLedger ledger, ReshardSurvey survey) {
    survey.take(shard, ledger);
    int operator = query.scan().created().operatorIndexOf(shard);
    return Source.from(ShardSplit.of(ledger, key -> target.shardOf(operator, key)).entrySet())
        .mapAsync(
            PARALLEL,
            piece ->
                append(
                    piece.getKey(),
                    shards
                        .get(piece.getKey())
                        .add(piece.getValue().groups(), piece.getValue().parks())))
        .runWith(Sink.ignore(), system);
  }

  private CompletionStage<Done> append(int shard, ShardRecord record) {
    return JournalAppender.append(appenders.get(shard), List.of(record));
  }

  private CompletionStage<Done> append(int shard, List<List<ShardRecord>> writes) {
    return Source.from(writes)
        .mapAsync(1, records -> JournalAppender.append(appenders.get(shard), records))
        .runWith(Sink.ignore(), system);
  }

  private CompletionStage<Done> eachTarget(IntFunction<CompletionStage<Done>> action) {
    return Source.from(IntStream.range(0, target.allShards()).boxed().toList())
        .mapAsync(PARALLEL, action::apply)
        .runWith(Sink.ignore(), system);
  }

  private void close() {
    appenders.forEach(appender -> Adapter.toClassic(system).stop(appender));
  }
}
