package io.vellamo.replay;

import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.persistence.journal.JournalOptions;
import io.vellamo.persistence.journal.PersistenceIds;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/**
 * A query's own journal, to which records are appended while the query does not run.
 *
 * <p><b>Threading</b> One call at a time, each after the result of the preceding one.
 *
 * <p><b>Failure</b> A run of the query that begins meanwhile appends to the journal too. The next
 * {@link #append} fails then, and none of its records takes effect.
 */
final class QueryJournal implements AutoCloseable {
  private final ActorSystem<?> system;
  private final String name;
  private final CompletableFuture<Done> opened = new CompletableFuture<>();
  private final ActorRef appender;
  // Written by the appender before it is open, then by one call after the other.
  private volatile QueryState state = QueryState.EMPTY;

  private QueryJournal(ActorSystem<?> system, JournalOptions options, String name) {
    this.system = system;
    this.name = name;
    this.appender =
        JournalActors.start(
            system,
            JournalAppender.props(
                PersistenceIds.query(name),
                options,
                record -> state = state.after((QueryRecord) record),
                opened));
  }

  /** Opens the journal of a query, which may be empty. */
  static CompletionStage<QueryJournal> open(
      ActorSystem<?> system, JournalOptions options, String name) {
    QueryJournal journal = new QueryJournal(system, options, name);
    return journal.opened.thenApplyAsync(done -> journal, system.executionContext());
  }

  /** Returns what the journal holds. */
  QueryState state() {
    return state;
  }

  /** Appends a record, and returns what the journal holds then. */
  CompletionStage<QueryState> append(QueryRecord record) {
    return JournalAppender.append(appender, List.of(record))
        .handleAsync(
            (done, failure) -> {
              if (failure != null) {
                throw new CompletionException(refused(failure));
              }
              state = state.after(record);
              return state;
            },
            system.executionContext());
  }

  private IllegalStateException refused(Throwable cause) {
    return new IllegalStateException(
        "The journal of query [%s] must be written by nothing else while its shards are changed, and refused a record; stop the query and run the command again: %s"
            .formatted(name, cause.getMessage()),
        cause);
  }

  @Override
  public void close() {
    Adapter.toClassic(system).stop(appender);
  }
}
