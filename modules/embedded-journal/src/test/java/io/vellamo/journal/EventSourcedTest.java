package io.vellamo.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugins under a typed persistent actor. */
final class EventSourcedTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @TempDir Path directory;

  private ActorSystem<Void> system;
  private int spawned;

  @BeforeEach
  void start() {
    system = Systems.start(directory);
  }

  @AfterEach
  void stop() {
    Systems.stop(system);
  }

  private void restart() {
    Systems.stop(system);
    system = Systems.start(directory);
  }

  @Test
  void state_afterRestartOfTheSystem_isRecovered() {
    ActorRef<Ledger.Command> ledger = spawn("a");
    Systems.await(add(ledger, "x"));
    Systems.await(add(ledger, "y", "z"));

    restart();

    assertThat(state(spawn("a"))).isEqualTo("x,y,z");
    assertThat(state(spawn("b"))).isEmpty();
  }

  @Test
  void snapshotsThatDeleteEvents_areRecoveredFrom() {
    RetentionCriteria retention =
        RetentionCriteria.snapshotEvery(10, 1).withDeleteEventsOnSnapshot();
    ActorRef<Ledger.Command> ledger = spawn("a", retention);
    StringBuilder expected = new StringBuilder("0");
    Systems.await(add(ledger, 0));
    for (int i = 1; i < 45; i++) {
      Systems.await(add(ledger, i));
      expected.append(',').append(i);
    }

    restart();

    assertThat(state(spawn("a", retention))).isEqualTo(expected.toString());
    assertThat(storedEvents("a").get(0).sequenceNr()).isGreaterThan(1);
    assertThat(storedEvents("a")).last().extracting(EventEnvelope::sequenceNr).isEqualTo(45L);
  }

  @Test
  void event_thatCannotBeSerialized_isRejectedWithItsWholeWrite() {
    ActorRef<Ledger.Command> ledger = spawn("a");
    Systems.await(add(ledger, "x"));

    ledger.tell(new Ledger.Add(List.of("y", new Object()), system.ignoreRef()));

    TestProbe.create(system).expectTerminated(ledger, TIMEOUT);
    assertThat(state(spawn("a"))).isEqualTo("x");
  }

  private ActorRef<Ledger.Command> spawn(String persistenceId) {
    return spawn(persistenceId, RetentionCriteria.disabled());
  }

  private ActorRef<Ledger.Command> spawn(String persistenceId, RetentionCriteria retention) {
    spawned++;
    return system.systemActorOf(
        Ledger.create(persistenceId, retention), "ledger-" + spawned, Props.empty());
  }

  private CompletionStage<Done> add(ActorRef<Ledger.Command> ledger, Object... events) {
    return AskPattern.ask(
        ledger, replyTo -> new Ledger.Add(List.of(events), replyTo), TIMEOUT, system.scheduler());
  }

  private String state(ActorRef<Ledger.Command> ledger) {
    return Systems.await(AskPattern.ask(ledger, Ledger.Ask::new, TIMEOUT, system.scheduler()));
  }

  private List<EventEnvelope> storedEvents(String persistenceId) {
    return Systems.await(
        PersistenceQuery.get(system)
            .getReadJournalFor(EmbeddedReadJournal.class, EmbeddedReadJournal.IDENTIFIER)
            .currentEventsByPersistenceId(persistenceId, 0, Long.MAX_VALUE)
            .runWith(Sink.seq(), system));
  }
}
