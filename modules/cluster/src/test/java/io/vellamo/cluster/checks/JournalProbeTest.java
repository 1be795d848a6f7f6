package io.vellamo.cluster.checks;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.cluster.checks.FaultyJournal.Fault;
import io.vellamo.cluster.checks.ProbeWriter.Log;
import io.vellamo.cluster.checks.ProbeWriter.Recovered;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalProbeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String ID = "vellamo-probe|test";

  @TempDir Path directory;

  // Set by each test.
  private @Nullable ActorTestKit kit;

  @AfterEach
  void stop() {
    requireNonNull(kit, "kit").shutdownTestKit();
  }

  @Test
  void embeddedJournal_refusesTheSecondWrite() {
    ActorSystem<?> system = start("vellamo.embedded-journal.dir = \"%s\"".formatted(directory));

    assertThat(probe(system, "vellamo.embedded-journal.journal")).isTrue();
  }

  @Test
  void test_ofTheSameLogAgain_hasTheSameResult() {
    ActorSystem<?> system = start("vellamo.embedded-journal.dir = \"%s\"".formatted(directory));
    probe(system, "vellamo.embedded-journal.journal");

    assertThat(probe(system, "vellamo.embedded-journal.journal")).isTrue();
  }

  @Test
  void log_afterTheTest_isDeleted() throws Exception {
    ActorSystem<?> system = start("vellamo.embedded-journal.dir = \"%s\"".formatted(directory));
    probe(system, "vellamo.embedded-journal.journal");
    CompletableFuture<Recovered> recovered = new CompletableFuture<>();

    ((ExtendedActorSystem) Adapter.toClassic(system))
        .systemActorOf(
            ProbeWriter.props(log("vellamo.embedded-journal.journal"), recovered), "reader");

    assertThat(recovered.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).events()).isEmpty();
  }

  @Test
  void pekkosJournalInMemory_acceptsTheSecondWrite() {
    assertThat(probe(start(""), "pekko.persistence.journal.inmem")).isFalse();
  }

  @Test
  void journal_thatRefuses_passes() {
    assertThat(probe(start(faulty(Fault.NONE)), "faulty")).isTrue();
  }

  @Test
  void journal_thatAcceptsTheSecondWriteInAnyWay_doesNotPass() {
    assertThat(probe(start(faulty(Fault.OVERWRITES)), "faulty")).isFalse();
    stop();
    assertThat(probe(start(faulty(Fault.IGNORES)), "faulty")).isFalse();
    stop();
    assertThat(probe(start(faulty(Fault.LIES)), "faulty")).isFalse();
  }

  @Test
  void journal_thatFailsAtTheSecondWrite_isNotTakenForOneThatRefuses() {
    ActorSystem<?> system = start(faulty(Fault.BREAKS));

    assertThatThrownBy(() -> probe(system, "faulty"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Journal [faulty] must write and read events, its test has failed with [java.lang.IllegalStateException: the disk is broken]; see its log and its configuration");
  }

  @Test
  void journal_thatDoesNotAnswer_isGivenUp() {
    ActorSystem<?> system = start(faulty(Fault.HANGS));

    assertThatThrownBy(
            () -> JournalProbe.refusesSecondWrite(system, log("faulty"), Duration.ofMillis(300)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Journal [faulty] must answer its test within vellamo.cluster.probe-timeout, has not in [PT0.3S]; see whether its database can be reached, or raise the timeout");
  }

  private static String faulty(Fault fault) {
    return "faulty { class = \"%s\", fault = %s }".formatted(FaultyJournal.class.getName(), fault);
  }

  private ActorSystem<?> start(String settings) {
    Config config = ConfigFactory.load(ConfigFactory.parseString(settings));
    kit = ActorTestKit.create("JournalProbeTest", config);
    return kit.system();
  }

  private static boolean probe(ActorSystem<?> system, String journal) {
    return JournalProbe.refusesSecondWrite(system, log(journal), PATIENCE);
  }

  private static Log log(String journal) {
    return new Log(journal, "pekko.persistence.no-snapshot-store", ID);
  }
}
