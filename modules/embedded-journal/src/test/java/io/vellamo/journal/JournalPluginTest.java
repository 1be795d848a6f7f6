package io.vellamo.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.journal.store.DirectoryInUseException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.PersistentEnvelope;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The journal plugin, asked as Pekko asks it. */
final class JournalPluginTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final String GATE_SERIALIZER =
      """
      pekko.actor.serializers.gated = "io.vellamo.journal.GatedSerializer"
      pekko.actor.serialization-bindings {
        "io.vellamo.journal.GatedSerializer$Gate" = gated
      }
      """;

  @TempDir Path directory;

  @Test
  void highestSequenceNr_withAWriteInFlight_isThatOfTheWrite() {
    ActorSystem<Void> system =
        Systems.start(
            ConfigFactory.parseString(GATE_SERIALIZER)
                .withFallback(Systems.config(directory.toString())));
    try {
      TestKit writer = new TestKit(system.classicSystem());
      TestKit reader = new TestKit(system.classicSystem());
      CountDownLatch opened = new CountDownLatch(1);
      ActorRef journal = journal(system);
      journal.tell(write(writer, new GatedSerializer.Gate(opened)), writer.getRef());

      journal.tell(highest(reader, "a"), reader.getRef());
      journal.tell(highest(reader, "b"), reader.getRef());

      // The answer for the other id shows that the question for this one was taken before.
      assertThat(success(reader)).isZero();
      opened.countDown();
      assertThat(success(reader)).isEqualTo(1);
    } finally {
      Systems.stop(system);
    }
  }

  /**
   * As {@code persistAsync} of a classic actor does, which fails if replies overtake each other.
   */
  @Test
  void replies_ofManyWritesOnTheirWay_comeInOrder() {
    int writes = 2_000;
    int eventsOfWrite = 5;
    ActorSystem<Void> system = Systems.start(directory);
    try {
      TestKit probe = new TestKit(system.classicSystem());
      ActorRef journal = journal(system);
      for (int i = 0; i < writes; i++) {
        List<Object> events = List.of("1", "2", "3", "4", "5");
        journal.tell(write(probe, 1 + (long) i * eventsOfWrite, events), probe.getRef());
      }

      long expected = 1;
      for (int i = 0; i < writes; i++) {
        probe.expectMsgClass(TIMEOUT, JournalProtocol.WriteMessagesSuccessful$.class);
        for (int event = 0; event < eventsOfWrite; event++) {
          JournalProtocol.WriteMessageSuccess success =
              probe.expectMsgClass(TIMEOUT, JournalProtocol.WriteMessageSuccess.class);
          assertThat(success.persistent().sequenceNr()).isEqualTo(expected);
          expected++;
        }
      }
    } finally {
      Systems.stop(system);
    }
  }

  @Test
  void rejectedWrite_leavesNothingAndNamesItsReason() {
    ActorSystem<Void> system = Systems.start(directory);
    try {
      TestKit probe = new TestKit(system.classicSystem());

      journal(system).tell(write(probe, "fine", new Object()), probe.getRef());

      probe.expectMsgClass(TIMEOUT, JournalProtocol.WriteMessagesSuccessful$.class);
      JournalProtocol.WriteMessageRejected rejected =
          probe.expectMsgClass(TIMEOUT, JournalProtocol.WriteMessageRejected.class);
      assertThat(rejected.cause()).hasMessageContaining("java.lang.Object");
      probe.expectMsgClass(TIMEOUT, JournalProtocol.WriteMessageRejected.class);
      journal(system).tell(highest(probe, "a"), probe.getRef());
      assertThat(success(probe)).isZero();
    } finally {
      Systems.stop(system);
    }
  }

  @Test
  void deletionOfAll_keepsTheHighestSequenceNrOverARestart() {
    for (int run = 1; run <= 3; run++) {
      ActorSystem<Void> system = Systems.start(directory);
      try {
        TestKit probe = new TestKit(system.classicSystem());
        ActorRef journal = journal(system);
        journal.tell(highest(probe, "a"), probe.getRef());
        assertThat(success(probe)).isEqualTo(run - 1);

        journal.tell(write(probe, run, List.of("event")), probe.getRef());
        probe.expectMsgClass(TIMEOUT, JournalProtocol.WriteMessagesSuccessful$.class);
        probe.expectMsgClass(TIMEOUT, JournalProtocol.WriteMessageSuccess.class);
        journal.tell(
            new JournalProtocol.DeleteMessagesTo("a", Long.MAX_VALUE, probe.getRef()),
            probe.getRef());
        probe.expectMsgClass(TIMEOUT, DeleteMessagesSuccess.class);

        journal.tell(replay(probe, "a"), probe.getRef());
        assertThat(success(probe)).as("without an event before").isEqualTo(run);
      } finally {
        Systems.stop(system);
      }
    }
  }

  @Test
  void blankDirectory_failsRecoveryAndNamesTheKey() {
    Throwable failure = recoveryFailure(Systems.config(""));

    assertThat(failure)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("vellamo.embedded-journal.dir must name a directory, was []");
  }

  @Test
  void directory_ofAnotherSystem_failsRecoveryUntilThatOneHasTerminated() {
    ActorSystem<Void> first = Systems.start(directory);
    SharedStore.get(first.classicSystem()).store();

    assertThat(recoveryFailure(Systems.config(directory.toString())))
        .isInstanceOf(DirectoryInUseException.class)
        .hasMessageContaining("process " + ProcessHandle.current().pid());

    Systems.stop(first);
    for (int i = 0; i < 5; i++) {
      ActorSystem<Void> next = Systems.start(directory);
      SharedStore.get(next.classicSystem()).store();
      Systems.stop(next);
    }
  }

  private static Throwable recoveryFailure(Config config) {
    ActorSystem<Void> system = Systems.start(config);
    try {
      TestKit probe = new TestKit(system.classicSystem());
      journal(system).tell(highest(probe, "a"), probe.getRef());
      return probe.expectMsgClass(TIMEOUT, JournalProtocol.ReplayMessagesFailure.class).cause();
    } finally {
      Systems.stop(system);
    }
  }

  private static ActorRef journal(ActorSystem<?> system) {
    Persistence persistence = Persistence.get(system);
    return persistence.journalFor("", persistence.journalFor$default$2());
  }

  private static JournalProtocol.WriteMessages write(TestKit probe, Object... payloads) {
    return write(probe, 1, List.of(payloads));
  }

  private static JournalProtocol.WriteMessages write(
      TestKit probe, long firstSequenceNr, List<Object> payloads) {
    List<PersistentRepr> events = new ArrayList<>();
    for (Object payload : payloads) {
      long sequenceNr = firstSequenceNr + events.size();
      events.add(
          PersistentRepr.apply(payload, sequenceNr, "a", "", false, ActorRef.noSender(), "writer"));
    }
    PersistentEnvelope write = AtomicWrite.apply(seq(events));
    return new JournalProtocol.WriteMessages(seq(List.of(write)), probe.getRef(), 1);
  }

  /** The question for the highest sequence number, which comes with a replay; here of nothing. */
  private static JournalProtocol.ReplayMessages highest(TestKit probe, String persistenceId) {
    return new JournalProtocol.ReplayMessages(0, Long.MAX_VALUE, 0, persistenceId, probe.getRef());
  }

  private static JournalProtocol.ReplayMessages replay(TestKit probe, String persistenceId) {
    return new JournalProtocol.ReplayMessages(
        0, Long.MAX_VALUE, Long.MAX_VALUE, persistenceId, probe.getRef());
  }

  private static long success(TestKit reader) {
    return reader
        .expectMsgClass(TIMEOUT, JournalProtocol.RecoverySuccess.class)
        .highestSequenceNr();
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
