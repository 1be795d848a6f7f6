package io.vellamo.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.vellamo.journal.store.JournalStore;
import io.vellamo.journal.store.Payload;
import io.vellamo.journal.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadJournalTest {

  private static final long ALL = Long.MAX_VALUE;

  @TempDir Path directory;

  private ActorSystem<Void> system;
  private JournalStore store;
  private EmbeddedReadJournal journal;

  @BeforeEach
  void start() {
    system =
        Systems.start(
            ConfigFactory.parseString("vellamo.embedded-journal.read-journal.page-events = 3")
                .withFallback(Systems.config(directory.toString())));
    store = SharedStore.get(system.classicSystem()).store();
    journal =
        PersistenceQuery.get(system)
            .getReadJournalFor(EmbeddedReadJournal.class, EmbeddedReadJournal.IDENTIFIER);
  }

  @AfterEach
  void stop() {
    Systems.stop(system);
  }

  @Test
  void currentEvents_overSeveralPages_areAllThereInOrder() {
    append("a", 1, 10);

    List<EventEnvelope> events = run(journal.currentEventsByPersistenceId("a", 0, ALL));

    assertThat(events).extracting(EventEnvelope::event).containsExactlyElementsOf(names(1, 10));
    assertThat(events.get(9))
        .isEqualTo(new EventEnvelope(Offset.sequence(10), "a", 10, "event 10", 1_010));
    assertThat(events.get(9).timestamp()).isEqualTo(1_010);
  }

  @Test
  void currentEvents_ofRange_includeBothEnds() {
    append("a", 1, 10);

    assertThat(run(journal.currentEventsByPersistenceId("a", 4, 6)))
        .extracting(EventEnvelope::sequenceNr)
        .containsExactly(4L, 5L, 6L);
    assertThat(run(journal.currentEventsByPersistenceId("a", 11, ALL))).isEmpty();
    assertThat(run(journal.currentEventsByPersistenceId("b", 0, ALL))).isEmpty();
  }

  @Test
  void currentEvents_afterDeletion_beginBehindIt() {
    append("a", 1, 10);
    Systems.await(store.deleteTo("a", 8));

    assertThat(run(journal.currentEventsByPersistenceId("a", 0, ALL)))
        .extracting(EventEnvelope::sequenceNr)
        .containsExactly(9L, 10L);
  }

  @Test
  void liveEvents_areThoseThereAndThoseToCome() {
    append("a", 1, 4);
    SinkQueueWithCancel<EventEnvelope> queue =
        journal.eventsByPersistenceId("a", 0, ALL).runWith(Sink.queue(), system);
    assertThat(pull(queue, 4)).containsExactlyElementsOf(names(1, 4));

    CompletionStage<List<Object>> later = pullLater(queue);
    append("b", 1, 1);
    append("a", 5, 5);
    assertThat(Systems.await(later)).containsExactly("event 5");

    append("a", 6, 30);
    assertThat(pull(queue, 25)).containsExactlyElementsOf(names(6, 30));
    queue.cancel();
  }

  @Test
  void liveEvents_writtenWhileReading_areNotMissed() {
    CompletionStage<List<EventEnvelope>> read =
        journal.eventsByPersistenceId("a", 1, 500).runWith(Sink.seq(), system);
    for (int i = 1; i <= 500; i++) {
      store.append("a", List.of(event(i)));
    }

    assertThat(Systems.await(read))
        .extracting(EventEnvelope::event)
        .containsExactlyElementsOf(names(1, 500));
  }

  @Test
  void liveEvents_ofEmptyRange_complete() {
    assertThat(run(journal.eventsByPersistenceId("a", 5, 4))).isEmpty();
  }

  @Test
  void persistenceIds_areAllThere() {
    List<String> ids = LongStream.range(0, 1_500).mapToObj(i -> "id-" + i).sorted().toList();
    ids.forEach(id -> append(id, 1, 1));

    assertThat(run(journal.currentPersistenceIds())).isEqualTo(ids);
  }

  @Test
  void event_thatCannotBeRead_failsTheSource() {
    Payload unknown = Payload.of(987_654, "", new byte[0]);
    Systems.await(store.append("a", List.of(new StoredEvent(1, 0, "w", "", unknown, null))));

    assertThatThrownBy(() -> run(journal.currentEventsByPersistenceId("a", 0, ALL)))
        .hasMessageContaining("[987654]");
  }

  @Test
  void scalaReadJournal_readsTheSame() {
    append("a", 1, 4);
    EmbeddedScalaReadJournal scalaJournal =
        PersistenceQuery.get(system.classicSystem()).readJournalFor(EmbeddedReadJournal.IDENTIFIER);

    assertThat(run(scalaJournal.currentEventsByPersistenceId("a", 0, ALL).asJava())).hasSize(4);
    assertThat(run(scalaJournal.eventsByPersistenceId("a", 0, 4).asJava())).hasSize(4);
    assertThat(run(scalaJournal.currentPersistenceIds().asJava())).containsExactly("a");
  }

  private <T> List<T> run(Source<T, NotUsed> source) {
    return Systems.await(source.runWith(Sink.seq(), system));
  }

  private static List<Object> pull(SinkQueueWithCancel<EventEnvelope> queue, int count) {
    return LongStream.range(0, count)
        .mapToObj(i -> Systems.await(queue.pull()).orElseThrow().event())
        .toList();
  }

  private static CompletionStage<List<Object>> pullLater(SinkQueueWithCancel<EventEnvelope> queue) {
    return queue.pull().thenApply(envelope -> List.of(envelope.orElseThrow().event()));
  }

  private void append(String persistenceId, long from, long to) {
    Systems.await(
        store.append(
            persistenceId, LongStream.rangeClosed(from, to).mapToObj(this::event).toList()));
  }

  private StoredEvent event(long sequenceNr) {
    byte[] bytes = ("event " + sequenceNr).getBytes(StandardCharsets.UTF_8);
    int serializer = SerializationExtension.get(system).findSerializerFor("").identifier();
    return new StoredEvent(
        sequenceNr, 1_000 + sequenceNr, "w", "", Payload.of(serializer, "", bytes), null);
  }

  private static List<Object> names(long from, long to) {
    return LongStream.rangeClosed(from, to).<Object>mapToObj(i -> "event " + i).toList();
  }
}
