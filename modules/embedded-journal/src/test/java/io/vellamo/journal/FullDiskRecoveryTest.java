package io.vellamo.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.vellamo.journal.store.TinyDisk;
import io.vellamo.journal.store.WritesRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A persistent actor whose disk is full for a while. */
final class FullDiskRecoveryTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Cannot be compressed, as else moving it from the log into tables makes room. */
  private static final String LARGE =
      new Random(1)
          .ints(50_000, ' ', '~')
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();

  @TempDir Path mountPoint;

  @Test
  void persistentActor_whosePersistFailed_isRestartedAndWorksOnceThereIsRoom() throws IOException {
    try (TinyDisk disk = TinyDisk.mount(mountPoint, 32)) {
      ActorSystem<Void> system = start(disk.directory());
      try {
        TestProbe<Object> probe = TestProbe.create(system);
        ActorRef<Ledger.Command> ledger =
            system.systemActorOf(Ledger.create("a", probe.ref().narrow()), "ledger", Props.empty());
        awaitRecovery(probe);
        // RocksDB reserves room for the log with its first record.
        ledger.tell(new Ledger.Add(List.of("first"), probe.ref().narrow()));
        probe.expectMessage(TIMEOUT, Done.getInstance());
        disk.fill();
        int acknowledged = addUntilFailure(ledger, probe);

        disk.free();

        awaitRecovery(probe);
        String state = state(ledger, probe);
        // The one that failed is there or not.
        assertThat(state.length() / LARGE.length()).isBetween(acknowledged, acknowledged + 1);
        ledger.tell(new Ledger.Add(List.of("last"), probe.ref().narrow()));
        probe.expectMessage(TIMEOUT, Done.getInstance());
        assertThat(state(ledger, probe)).isEqualTo(state + ",last");
      } finally {
        Systems.stop(system);
      }
    }
  }

  /** Returns how many events were acknowledged before the actor could not recover either. */
  private static int addUntilFailure(ActorRef<Ledger.Command> ledger, TestProbe<Object> probe) {
    int acknowledged = 0;
    ledger.tell(new Ledger.Add(List.of(LARGE), probe.ref().narrow()));
    Object answer = probe.receiveMessage(TIMEOUT);
    while (answer.equals(Done.getInstance())) {
      acknowledged++;
      ledger.tell(new Ledger.Add(List.of(LARGE), probe.ref().narrow()));
      answer = probe.receiveMessage(TIMEOUT);
    }
    assertThat(((Ledger.Recovery) answer).failure())
        .isInstanceOf(WritesRefusedException.class)
        .hasMessageContaining("make room on it");
    return acknowledged;
  }

  private static void awaitRecovery(TestProbe<Object> probe) {
    while (probe.expectMessageClass(Ledger.Recovery.class, TIMEOUT).failure() != null) {
      // It is restarted again.
    }
  }

  private static String state(ActorRef<Ledger.Command> ledger, TestProbe<Object> probe) {
    ledger.tell(new Ledger.Ask(probe.ref().narrow()));
    return probe.expectMessageClass(String.class, TIMEOUT);
  }

  private static ActorSystem<Void> start(Path directory) {
    return Systems.start(
        ConfigFactory.parseString(
                """
                vellamo.embedded-journal.write-buffer = 4 MiB
                # Pekko's own guard is not what is tested here.
                vellamo.embedded-journal.journal.circuit-breaker.max-failures = 1000
                """)
            .withFallback(Systems.config(directory.toString())));
  }
}
