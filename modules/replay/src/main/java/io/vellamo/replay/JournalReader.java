package io.vellamo.replay;

import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.persistence.journal.JournalOptions;
import io.vellamo.persistence.journal.PersistenceIds;
import io.vellamo.persistence.journal.RecordSequence;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import org.apache.pekko.persistence.query.javadsl.ReadJournal;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * A reader that streams the records of queries and shards from a journal.
 *
 * <p><b>Threading</b> Safe to share. Records are handled by one thread at a time, on a dispatcher
 * for blocking calls: a slow replayed function must not delay the application.
 */
final class JournalReader {
  private static final String DISPATCHER = "pekko.actor.default-blocking-io-dispatcher";

  private final ActorSystem<?> system;
  private final CurrentEventsByPersistenceIdQuery events;
  private final CurrentPersistenceIdsQuery ids;

  private JournalReader(
      ActorSystem<?> system,
      CurrentEventsByPersistenceIdQuery events,
      CurrentPersistenceIdsQuery ids) {
    this.system = system;
    this.events = events;
    this.ids = ids;
  }

  /** Opens the read journal of an actor system's journal. */
  static JournalReader open(ActorSystem<?> system, JournalOptions options) {
    options.requireReadPlugin();
    ReadJournal journal =
        PersistenceQuery.get(system).getReadJournalFor(ReadJournal.class, options.readPlugin());
    if (journal instanceof CurrentEventsByPersistenceIdQuery events
        && journal instanceof CurrentPersistenceIdsQuery ids) {
      return new JournalReader(system, events, ids);
    }
    throw new IllegalStateException(
        "vellamo.journal.read-plugin must offer current events and ids by persistence id, [%s] does not; set it to another plugin"
            .formatted(options.readPlugin()));
  }

  /** Returns the names of all queries, in order. */
  CompletionStage<List<String>> queryNames() {
    return ids.currentPersistenceIds()
        .mapConcat(
            id -> {
              String name = PersistenceIds.queryName(id);
              return name == null ? List.<String>of() : List.of(name);
            })
        .runWith(Sink.seq(), system)
        .thenApply(names -> names.stream().sorted().toList());
  }

  /** Returns an overview of each query in the journal. */
  CompletionStage<List<QueryOverview>> queries() {
    return queryNames()
        .thenCompose(
            names ->
                Source.from(names)
                    .mapAsync(1, name -> query(name, problem -> {}))
                    .filter(QueryScan::exists)
                    .map(QueryScan::overview)
                    .runWith(Sink.seq(), system));
  }

  /** Reads a query's own records. */
  CompletionStage<QueryScan> query(String name, Consumer<String> problems) {
    return query(name, new QueryScan(name, problems));
  }

  /** Reads a query's own records into a scan of them. */
  CompletionStage<QueryScan> query(String name, QueryScan scan) {
    return run(this.<QueryRecord>entries(PersistenceIds.query(name))
            .map(
                entry -> {
                  scan.accept(entry);
                  return true;
                }))
        .thenApply(done -> scan);
  }

  /** Reads a shard's records until a visitor stops. */
  CompletionStage<ShardScan> shard(PersistenceId id, ShardScan.Visitor visitor) {
    ShardScan scan = new ShardScan(id, visitor);
    return run(this.<ShardRecord>entries(id).takeWhile(scan::accept)).thenApply(done -> scan);
  }

  /**
   * Runs an action for each shard, one after the other, so that only one shard is in memory at a
   * time.
   */
  <T> CompletionStage<List<T>> eachShard(
      int shards, ReplayProgress progress, IntFunction<CompletionStage<T>> action) {
    return each(
        IntStream.range(0, shards).boxed().toList(),
        shard ->
            action
                .apply(shard)
                .thenApply(
                    result -> {
                      progress.reached(shard + 1, shards);
                      return result;
                    }));
  }

  /** Runs an action for each of some shards, one after the other. */
  <T> CompletionStage<List<T>> each(List<Integer> shards, IntFunction<CompletionStage<T>> action) {
    return Source.from(shards).mapAsync(1, action::apply).runWith(Sink.seq(), system);
  }

  @SuppressWarnings("unchecked") // each id has records of one kind
  private <R extends JournalRecord> Source<JournalEntry<R>, NotUsed> entries(PersistenceId owner) {
    String id = Objects.requireNonNull(owner.id());
    return events
        .currentEventsByPersistenceId(id, 1, Long.MAX_VALUE)
        .map(
            envelope -> {
              JournalEntry<R> entry = (JournalEntry<R>) envelope.event();
              RecordSequence.requirePlace(id, envelope.sequenceNr(), entry);
              return entry;
            });
  }

  private CompletionStage<Done> run(Source<?, NotUsed> source) {
    return source
        .toMat(Sink.ignore(), Keep.right())
        .withAttributes(ActorAttributes.dispatcher(DISPATCHER))
        .run(system);
  }
}
