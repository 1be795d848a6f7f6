package io.vellamo.actors.replay;

import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.journal.EmbeddedReadJournal;
import io.vellamo.persistence.journal.JournalOptions;
import io.vellamo.persistence.journal.RecordSequence;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.stream.javadsl.Sink;

/** Writes any records behind those that a journal holds of an id, and reads them. */
abstract class JournalScribe extends AbstractPersistentActor {
  private final List<? extends JournalRecord> records;
  private final CompletableFuture<Done> written;
  private final RecordSequence sequence;
  private int count;

  private JournalScribe(
      PersistenceId id, List<? extends JournalRecord> records, CompletableFuture<Done> written) {
    this.records = records;
    this.written = written;
    this.sequence = new RecordSequence(id);
  }

  /** Returns when the records are in the journal. */
  static void write(
      ActorSystem<?> system, PersistenceId id, List<? extends JournalRecord> records) {
    CompletableFuture<Done> written = new CompletableFuture<>();
    JournalOptions journal = JournalOptions.from(system.settings().config());
    Props props =
        Props.create(
            JournalScribe.class,
            () ->
                new JournalScribe(id, records, written) {
                  @Override
                  public String persistenceId() {
                    return id.id();
                  }

                  @Override
                  public String journalPluginId() {
                    return journal.plugin();
                  }

                  @Override
                  public String snapshotPluginId() {
                    return journal.snapshotPlugin();
                  }
                });
    system.systemActorOf(
        Behaviors.<Void>setup(
            context -> {
              Adapter.actorOf(context, props).tell("write", null);
              return Behaviors.ignore();
            }),
        "scribe-" + UUID.randomUUID(),
        org.apache.pekko.actor.typed.Props.empty());
    written.join();
  }

  /** Returns the records that the embedded journal holds of an id. */
  static List<JournalRecord> read(ActorSystem<?> system, PersistenceId id) {
    return PersistenceQuery.get(system)
        .getReadJournalFor(EmbeddedReadJournal.class, EmbeddedReadJournal.IDENTIFIER)
        .currentEventsByPersistenceId(id.id(), 0, Long.MAX_VALUE)
        .<JournalRecord>map(envelope -> ((JournalEntry<?>) envelope.event()).record())
        .runWith(Sink.seq(), system)
        .toCompletableFuture()
        .join();
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder()
        .match(JournalEntry.class, entry -> sequence.next(lastSequenceNr(), entry))
        .build();
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .matchEquals(
            "write",
            command ->
                persistAll(
                    sequence.toWrite(lastSequenceNr(), records),
                    record -> {
                      count++;
                      if (count == records.size()) {
                        written.complete(Done.getInstance());
                      }
                    }))
        .build();
  }
}
