package io.vellamo.journal;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import org.apache.pekko.persistence.query.javadsl.EventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.ReadJournal;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Queries on the embedded journal.
 *
 * <pre>{@code
 * EmbeddedReadJournal journal =
 *     PersistenceQuery.get(system)
 *         .getReadJournalFor(EmbeddedReadJournal.class, EmbeddedReadJournal.IDENTIFIER);
 * }</pre>
 *
 * <p>Offsets are the sequence numbers of the persistence id. Event adapters of the journal are
 * applied.
 *
 * <p><b>Threading</b> safe to share.
 *
 * <p><b>Failure</b> a source fails with the store's exception if an event cannot be read.
 *
 * <p><b>Cost</b> a source reads one page of events at a time, on demand; live sources are woken by
 * writes and are idle otherwise.
 *
 * @since 0.1
 */
public final class EmbeddedReadJournal
    implements ReadJournal,
        CurrentEventsByPersistenceIdQuery,
        EventsByPersistenceIdQuery,
        CurrentPersistenceIdsQuery {

  /** The configuration path of the read journal, by which Pekko finds it. */
  public static final String IDENTIFIER = JournalSettings.ROOT + ".read-journal";

  private static final int PERSISTENCE_IDS_PAGE = 1_000;

  private final SharedStore sharedStore;
  private final EventPages pages;

  private EmbeddedReadJournal(SharedStore sharedStore, EventPages pages) {
    this.sharedStore = sharedStore;
    this.pages = pages;
  }

  static EmbeddedReadJournal create(ExtendedActorSystem system, Config config) {
    return new EmbeddedReadJournal(SharedStore.get(system), EventPages.create(system, config));
  }

  /**
   * Returns a source of the events that exist when it is run; it completes after the last of them.
   *
   * @param persistenceId the persistence id of the events
   * @param fromSequenceNr the first sequence number, included
   * @param toSequenceNr the last sequence number, included
   * @return the events in ascending order
   */
  @Override
  public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(
      String persistenceId, long fromSequenceNr, long toSequenceNr) {
    return events(new EventsStage.Query(persistenceId, fromSequenceNr, toSequenceNr, false));
  }

  /**
   * Returns a source of existing and future events; it completes only after the last sequence
   * number.
   *
   * @param persistenceId the persistence id of the events
   * @param fromSequenceNr the first sequence number, included
   * @param toSequenceNr the last sequence number, included; {@link Long#MAX_VALUE} for no end
   * @return the events in ascending order
   */
  @Override
  public Source<EventEnvelope, NotUsed> eventsByPersistenceId(
      String persistenceId, long fromSequenceNr, long toSequenceNr) {
    return events(new EventsStage.Query(persistenceId, fromSequenceNr, toSequenceNr, true));
  }

  /**
   * Returns a source of all persistence ids that ever had an event or a snapshot; it completes
   * after the last of them.
   *
   * @return the ids in the order of their UTF-8 form
   */
  @Override
  public Source<String, NotUsed> currentPersistenceIds() {
    return Source.unfoldAsync("", this::persistenceIdsAfter).mapConcat(ids -> ids);
  }

  private Source<EventEnvelope, NotUsed> events(EventsStage.Query query) {
    return Source.fromGraph(new EventsStage(sharedStore, pages, query));
  }

  private CompletionStage<Optional<Pair<String, List<String>>>> persistenceIdsAfter(String after) {
    return CompletableFuture.supplyAsync(
        () -> {
          List<String> ids = sharedStore.store().persistenceIds(after, PERSISTENCE_IDS_PAGE);
          return ids.isEmpty()
              ? Optional.empty()
              : Optional.of(Pair.create(ids.get(ids.size() - 1), ids));
        },
        sharedStore.readDispatcher());
  }
}
